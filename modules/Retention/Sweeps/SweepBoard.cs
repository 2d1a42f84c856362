using System.Collections.Concurrent;
using System.Threading.Channels;

namespace Loa.Retention.Sweeps;

/// <summary>How far the sweep of a kind has come.</summary>
/// <param name="Done">So many since it began.</param>
/// <param name="At">When it ended; null while it goes on.</param>
sealed record SweepState(long Done, DateTimeOffset? At);

/// <summary>What is swept now and what was swept last, for the page; and the bell by which a changed rule is heard of at once.</summary>
sealed class SweepBoard
{
    readonly ConcurrentDictionary<string, SweepState> states = new(StringComparer.Ordinal);
    readonly Channel<bool> bell = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite }
    );

    public SweepState? Of(string kind) => states.GetValueOrDefault(kind);

    public void Tell(string kind, long done, DateTimeOffset? at) => states[kind] = new(done, at);

    public void Ring() => bell.Writer.TryWrite(true);

    /// <summary>Until somebody rings, or this long.</summary>
    public async Task Wait(TimeSpan atMost, TimeProvider clock, CancellationToken cancel)
    {
        using var patience = new CancellationTokenSource(atMost, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancel);
        try
        {
            await bell.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested) { }
    }
}
