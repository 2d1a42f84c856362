using Microsoft.Extensions.Logging;

namespace Loa.Kernel;

/// <summary>
/// An outage of disk or database, said once for the whole server when it begins and once when it is over, however many wait for
/// its end and however often they try.
/// </summary>
public sealed partial class Outages(TimeProvider clock, ILogger<Outages> log)
{
    /// <summary>Within so long whatever failed is tried again, be its time a day away.</summary>
    public static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    // What has not tried for longer waits for something else.
    static readonly TimeSpan waits = Soon * 1.5;

    readonly Lock turn = new();
    readonly Dictionary<OutageKind, Ongoing> ongoing = [];

    /// <summary>Such an outage was said and is not over.</summary>
    public bool Is(OutageKind kind) => Attempts(kind) > 0;

    /// <summary>How many have failed since it began.</summary>
    public int Attempts(OutageKind kind)
    {
        lock (turn)
            return ongoing.GetValueOrDefault(kind)?.Attempts ?? 0;
    }

    /// <summary>False when the failure is none of the machine's.</summary>
    public bool Meets(string work, Exception failure)
    {
        if (Outage.Of(failure) is not { } kind)
            return false;
        var now = clock.GetTimestamp();
        lock (turn)
        {
            if (!ongoing.TryGetValue(kind, out var outage))
            {
                ongoing[kind] = outage = new(now);
                Log.Begins(log, kind, failure.GetBaseException().Message, work);
            }
            outage.Attempts++;
            outage.Works.Add(work);
            outage.Waiting[work] = now;
        }
        return true;
    }

    /// <summary>This work went: when nothing else still fails, the outage is over.</summary>
    public void Passed(string work)
    {
        lock (turn)
            foreach (var (kind, outage) in ongoing)
            {
                outage.Waiting.Remove(work);
                if (outage.Waiting.Values.Any(last => clock.GetElapsedTime(last) < waits))
                    continue;
                ongoing.Remove(kind);
                Log.Over(log, kind, clock.GetElapsedTime(outage.Since), outage.Attempts, outage.Works.Count);
            }
    }

    /// <param name="Since">The timestamp of the first failure.</param>
    sealed record Ongoing(long Since)
    {
        public int Attempts { get; set; }

        public HashSet<string> Works { get; } = new(StringComparer.Ordinal);

        /// <summary>When each that has not gone since failed last.</summary>
        public Dictionary<string, long> Waiting { get; } = new(StringComparer.Ordinal);
    }

    static partial class Log
    {
        [LoggerMessage(
            1,
            LogLevel.Error,
            "Outage, {Kind} ({Why}): {Work} and all that needs it try again; nothing more is said until it is over"
        )]
        public static partial void Begins(ILogger log, OutageKind kind, string why, string work);

        [LoggerMessage(
            2,
            LogLevel.Warning,
            "Outage, {Kind}, is over after {Elapsed}; {Attempts} attempts of {Works} works failed"
        )]
        public static partial void Over(ILogger log, OutageKind kind, TimeSpan elapsed, int attempts, int works);
    }
}
