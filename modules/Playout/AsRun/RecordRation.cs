using Loa.Kernel;
using Microsoft.Extensions.Options;

namespace Loa.Playout.AsRun;

/// <summary>
/// How many new records each speaker may store: so many at once that one that was away for weeks empties its notebook, and
/// then so many an hour, for a play is minutes long. What is over that is not acknowledged, and so it comes again later.
/// </summary>
sealed class RecordRation(IOptions<RecordRationOptions> options, TimeProvider clock)
{
    readonly RateLimit<Guid> records = new(
        options.Value.RecordsAtOnce,
        options.Value.RecordsPerHour / TimeSpan.FromHours(1).TotalSeconds,
        clock
    );

    /// <summary>Whether it is worth looking at one at all.</summary>
    public bool Has(Guid speaker) => records.Has(speaker);

    /// <summary>Whether it has held back for a while.</summary>
    public bool IsCalm(Guid speaker) => records.Left(speaker) >= options.Value.RecordsPerHour / 4.0;

    public bool Take(Guid speaker) => records.Take(speaker);
}
