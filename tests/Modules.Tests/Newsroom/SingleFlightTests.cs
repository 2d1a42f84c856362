using Loa.Newsroom.Voices;

namespace Loa.Newsroom;

[AnyEngine]
public sealed class SingleFlightTests
{
    [Fact]
    public async Task One_who_goes_away_does_not_stop_the_work_for_the_other()
    {
        var (shared, done) = (new SingleFlight<int>(), new TaskCompletionSource<int>());
        using var impatient = new CancellationTokenSource();
        var first = shared.Run("k", stop => done.Task.WaitAsync(stop), impatient.Token);
        var second = shared.Run("k", _ => throw new InvalidOperationException("begun twice"), CancellationToken.None);

        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        done.SetResult(7);
        Assert.Equal(7, await second);
    }

    [Fact]
    public async Task When_nobody_waits_any_more_the_work_is_stopped_and_the_next_begins_anew()
    {
        var (shared, stopped) = (new SingleFlight<int>(), new TaskCompletionSource());
        using var impatient = new CancellationTokenSource();
        var only = shared.Run(
            "k",
            async stop =>
            {
                stop.Register(stopped.SetResult);
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop);
                return 0;
            },
            impatient.Token
        );

        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => only);
        await stopped.Task.WaitAsync(TimeSpan.FromSeconds(10));
        Assert.Equal(9, await shared.Run("k", _ => Task.FromResult(9), CancellationToken.None));
    }
}
