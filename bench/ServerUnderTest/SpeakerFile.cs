using System.Text.Json;
using Loa.Jose;

namespace Loa.Bench.UnderTest;

/// <summary>Who the load side's speakers are, told to the server by a file: an id and a public key a line.</summary>
static class SpeakerFile
{
    public sealed record One(Guid Id, string Kid, string Jwk);

    public static Task Write(string file, IEnumerable<One> all) =>
        File.WriteAllLinesAsync(file, all.Select(one => $"{one.Id:D}\t{one.Kid}\t{one.Jwk}"));

    public static async Task<IReadOnlyList<One>> Read(string file) =>
        [
            .. (await File.ReadAllLinesAsync(file))
                .Select(line => line.Split('\t'))
                .Select(cells => new One(Guid.Parse(cells[0]), cells[1], cells[2])),
        ];

    public static One Of(Guid id, PublicKey key) => new(id, key.KeyId, JsonSerializer.Serialize(key.Jwk));
}
