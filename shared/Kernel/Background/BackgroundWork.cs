using System.Collections.Concurrent;
using Loa.Cluster;
using Microsoft.Extensions.Logging;

namespace Loa.Kernel;

/// <summary>
/// Work of the server that is tried again and again. Each kind of failure is said when it begins, and once that it is over, with
/// how long it was and how many attempts it took; a trouble of the machine is said by <see cref="Outages"/> for all work together.
/// </summary>
public sealed partial class BackgroundWork<TWork>(
    Outages outages,
    ILeadership leadership,
    TimeProvider clock,
    ILogger<TWork> log
)
{
    static readonly string name = typeof(TWork).Name.Split('`')[0];

    readonly ConcurrentDictionary<string, Trouble> troubles = new(StringComparer.Ordinal);

    /// <summary>For what else this work has to say.</summary>
    public ILogger Log => log;

    /// <summary>Does on the node that leads it what <see cref="GoOn"/> does on each.</summary>
    internal Task Lead(string called, Func<CancellationToken, Task> loop, CancellationToken cancel) =>
        GoOn(leading => leadership.Lead(called, loop, leading), cancel);

    /// <summary>
    /// Begins the loop again whenever a failure ended it. Each time is said: what fails within the loop is tried there, so this is
    /// a failure that nobody reckoned with.
    /// </summary>
    internal async Task GoOn(Func<CancellationToken, Task> loop, CancellationToken cancel)
    {
        while (true)
            try
            {
                await loop(cancel);
                return;
            }
            catch (Exception e) when (!cancel.IsCancellationRequested)
            {
                if (!outages.Meets(name, e))
                    Logs.Ended(log, e, name, Outages.Soon);
                await Task.Delay(Outages.Soon, clock, cancel);
            }
    }

    /// <summary>Tries each time the period is over, and sooner after a failure.</summary>
    public async Task Every(
        TimeSpan period,
        Func<CancellationToken, Task> attempt,
        CancellationToken cancel,
        bool atStart = false
    )
    {
        using var timer = new PeriodicTimer(atStart ? TimeSpan.FromMilliseconds(1) : period, clock);
        while (await timer.WaitForNextTickAsync(cancel))
            timer.Period = await Try(attempt, cancel) || period < Outages.Soon ? period : Outages.Soon;
    }

    /// <summary>Tries until it went.</summary>
    public async Task Until(Func<CancellationToken, Task> attempt, CancellationToken cancel, string part = "")
    {
        while (!await Try(attempt, cancel, part))
            await Task.Delay(Outages.Soon, clock, cancel);
    }

    /// <summary>Tells whether it went.</summary>
    /// <param name="part">What of the work this is, when its parts fail each for itself.</param>
    public async Task<bool> Try(Func<CancellationToken, Task> attempt, CancellationToken cancel, string part = "")
    {
        try
        {
            await attempt(cancel);
        }
        catch (Exception e) when (!cancel.IsCancellationRequested)
        {
            Failed(e, part);
            return false;
        }
        Went(part);
        return true;
    }

    public void Failed(Exception failure, string part = "")
    {
        if (outages.Meets(NameOf(part), failure))
            return;
        var trouble = troubles.GetOrAdd(part, _ => new(clock.GetTimestamp()));
        if (trouble.IsNew(failure))
            Logs.Failed(log, failure, NameOf(part));
    }

    public void Went(string part = "")
    {
        outages.Passed(NameOf(part));
        if (troubles.TryRemove(part, out var trouble))
            Logs.Goes(log, NameOf(part), clock.GetElapsedTime(trouble.Since), trouble.Attempts);
    }

    static string NameOf(string part) => part.Length == 0 ? name : $"{name} ({part})";

    sealed class Trouble(long since)
    {
        readonly HashSet<Type> told = [];

        public long Since => since;

        public int Attempts { get; private set; }

        public bool IsNew(Exception failure)
        {
            lock (told)
            {
                Attempts++;
                return told.Add(failure.GetBaseException().GetType());
            }
        }
    }

    static partial class Logs
    {
        [LoggerMessage(1, LogLevel.Error, "{Work} failed; it is tried again, and this is not said again until it goes")]
        public static partial void Failed(ILogger log, Exception failure, string work);

        [LoggerMessage(2, LogLevel.Warning, "{Work} goes again after {Elapsed} and {Attempts} attempts that failed")]
        public static partial void Goes(ILogger log, string work, TimeSpan elapsed, int attempts);

        [LoggerMessage(3, LogLevel.Error, "{Work} broke off; it begins again in {Pause}")]
        public static partial void Ended(ILogger log, Exception failure, string work, TimeSpan pause);
    }
}
