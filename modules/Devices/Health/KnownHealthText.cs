using System.Globalization;
using System.Text;
using Loa.Air;

namespace Loa.Devices.Health;

/// <summary>How what is known of a speaker is written in its row, and read again.</summary>
static class KnownHealthText
{
    public sealed record Before(HealthMessage Vitals, IReadOnlyDictionary<SignalKind, Stand> Stands);

    public static void Write(KnownHealth row, SpeakerHealth.Picture now)
    {
        row.At = now.At;
        row.Vitals = Encoding.UTF8.GetString(now.Vitals.ToBytes());
        row.Stands = string.Join(
            ' ',
            now.Stands.Select((stand, kind) => (stand, kind))
                .Where(s => s.stand.State is not null)
                .Select(s =>
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{s.kind}:{s.stand.State}:{s.stand.Since.ToUnixTimeMilliseconds()}"
                    )
                )
        );
    }

    /// <summary>Null when an older server wrote it in a way that nobody reads any more; the speaker tells it again.</summary>
    public static Before? Read(KnownHealth row) =>
        HealthMessage.TryRead(Encoding.UTF8.GetBytes(row.Vitals), out var vitals)
            ? new(
                vitals,
                row.Stands.Split(' ', StringSplitOptions.RemoveEmptyEntries)
                    .Select(text => text.Split(':'))
                    .ToDictionary(
                        part => (SignalKind)int.Parse(part[0], CultureInfo.InvariantCulture),
                        part => new Stand(
                            part[1],
                            DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(part[2], CultureInfo.InvariantCulture))
                        )
                    )
            )
            : null;
}
