using Loa.Contracts.Retention;
using Loa.Kernel;
using Loa.Retention.Rules;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Loa.Retention.Sweeps;

/// <summary>Does each day what the rules say, and at once when one is changed; part by part, for nothing waits for it.</summary>
sealed partial class KeepRules(
    IServiceScopeFactory scopes,
    IEnumerable<IKeptKind> kinds,
    SweepBoard board,
    TimeProvider clock,
    BackgroundWork<KeepRules> work
) : LeaderLoop<KeepRules>("retention.keep-rules", work)
{
    // After a start everybody comes back; the night is for this.
    static readonly TimeSpan Quiet = TimeSpan.FromMinutes(10);
    static readonly TimeSpan Every = TimeSpan.FromDays(1);
    static readonly TimeSpan Soon = TimeSpan.FromHours(1);

    // The writers of the day come first.
    static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(100);

    protected override async Task Loop(CancellationToken stop)
    {
        await Measure(onlyFirst: true, stop);
        await board.Wait(Quiet, clock, stop);
        while (true)
        {
            var good = true;
            foreach (var kind in kinds)
                good &= await Sweep(kind, stop);
            good &= await Measure(onlyFirst: false, stop);
            await board.Wait(good ? Every : Soon, clock, stop);
        }
    }

    /// <summary>One kind by the rule that is in force; false when it could not be done.</summary>
    internal Task<bool> Sweep(IKeptKind kind, CancellationToken cancel) =>
        Work.Try(stop => SweepAll(kind, stop), cancel, kind.Name);

    async Task SweepAll(IKeptKind kind, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var rule = (await scope.ServiceProvider.GetRequiredService<RetentionRules>().Of(kind, cancel)).Rule;
        if (rule.Then == OldAge.Keep)
            return;
        var done = 0L;
        await foreach (var part in kind.Age(rule.Then, RetentionRules.Before(rule, clock.Moment()), cancel))
        {
            board.Tell(kind.Name, done += part, null);
            if (part > 0)
                await Task.Delay(Breath, clock, cancel);
        }
        board.Tell(kind.Name, done, clock.Moment());
        if (done > 0)
            Logs.Swept(Work.Log, kind.Name, done, rule.Then, rule.Days);
    }

    Task<bool> Measure(bool onlyFirst, CancellationToken cancel) =>
        Work.Try(
            async stop =>
            {
                await using var scope = scopes.CreateAsyncScope();
                var measure = scope.ServiceProvider.GetRequiredService<MeasureKinds>();
                if (!onlyFirst || await measure.IsFirst(stop))
                    await measure.Run(stop);
            },
            cancel,
            "sizes"
        );

    static partial class Logs
    {
        [LoggerMessage(1, LogLevel.Information, "{Kind}: {Count} older than {Days} days: {Then}")]
        public static partial void Swept(ILogger log, string kind, long count, OldAge then, int days);
    }
}
