using System.Buffers.Text;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Loa.Playout.AsRun;

/// <summary>
/// A signed record as one line: when it was stored (milliseconds of Unix), and what was signed, open. Many such lines pack
/// several times as tightly, anybody can read them, and each record comes back to the byte.
/// </summary>
static class RecordLine
{
    // The lines go into files; nothing shows them on a page.
    static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(StoredRecord record)
    {
        var stored = $"{record.StoredAt.ToUnixTimeMilliseconds()}";
        var line = Opened(record.Jws.Split('.'), stored);
        // What does not come back as it was stays closed.
        return line is not null && JwsOf(line) == record.Jws ? line : Line([stored, record.Jws]);
    }

    /// <returns>The line itself, which is no record, when it was spoilt: whoever reads the record tells of it.</returns>
    public static string JwsOf(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<string?[]>(line, Json) switch
            {
                [_, { } header, { } payload, { } signature] => $"{Closed(header)}.{Closed(payload)}.{signature}",
                [_, { } jws] => jws,
                _ => line,
            };
        }
        catch (JsonException)
        {
            return line;
        }
    }

    static string? Opened(string[] parts, string stored) =>
        parts.Length == 3 && Base64Url.IsValid(parts[0]) && Base64Url.IsValid(parts[1])
            ? Line([stored, Open(parts[0]), Open(parts[1]), parts[2]])
            : null;

    static string Line(string[] parts) => JsonSerializer.Serialize(parts, Json);

    static string Open(string part) => Encoding.UTF8.GetString(Base64Url.DecodeFromChars(part));

    static string Closed(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
}
