using System.Collections.Concurrent;
using Loa.People.Credentials;

namespace Loa.People.SignIn;

[AnyEngine]
public sealed class PasswordWorkTests
{
    readonly PasswordWork work = new();
    readonly ConcurrentQueue<string> done = new();
    readonly List<(ManualResetEventSlim Door, Task Lane)> lanes = [];

    [Fact]
    public async Task A_known_device_is_next_and_networks_take_turns_before_the_rough_one()
    {
        await Occupy();
        Task[] waiting =
        [
            Rough("rough"),
            Stranger("a", "a1"),
            Stranger("a", "a2"),
            Stranger("b", "b1"),
            work.Do(From("a"), known: true, rough: false, () => Done("known"), CancellationToken.None),
        ];

        // One lane alone, so that there is an order.
        lanes[0].Door.Set();
        await Task.WhenAll(waiting);

        Assert.Equal(["known", "a1", "b1", "a2", "rough"], done);
        await Free();
    }

    [Fact]
    public async Task When_the_queue_is_full_the_last_in_rank_is_turned_away_and_a_known_device_still_comes_in()
    {
        await Occupy();
        var rough = Enumerable.Range(0, 250).Select(i => Rough("rough " + i)).ToList();
        await RunningServer.Until(() => Task.FromResult(rough.Count(r => r.IsFaulted) == 50), "fifty are turned away");
        var known = work.Do(From("a"), known: true, rough: false, () => Done("known"), CancellationToken.None);
        await RunningServer.Until(() => Task.FromResult(rough.Count(r => r.IsFaulted) == 51), "one more makes room");

        await Free();
        await known;

        Assert.Equal("known", done.First());
        foreach (var turned in rough.Where(r => r.IsFaulted))
            await Assert.ThrowsAsync<TooBusyException>(() => turned);
        await Task.WhenAll(rough.Where(r => !r.IsFaulted));
    }

    [Fact]
    public async Task Who_hangs_up_makes_room_for_the_next()
    {
        await Occupy();
        using var hangUp = new CancellationTokenSource();
        var gone = work.Do(From("a"), known: false, rough: false, () => Done("gone"), hangUp.Token);
        var next = Stranger("a", "next");
        await hangUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gone);

        await Free();
        await next;

        Assert.Equal(["next"], done);
    }

    // Every lane works at something that does not end before it is told.
    async Task Occupy()
    {
        for (var i = 0; i < Math.Max(1, Environment.ProcessorCount / 2); i++)
        {
            var (began, door) = (new TaskCompletionSource(), new ManualResetEventSlim());
            var lane = work.Do(
                From("busy"),
                known: false,
                rough: false,
                () =>
                {
                    began.SetResult();
                    door.Wait();
                    return true;
                },
                CancellationToken.None
            );
            await began.Task;
            lanes.Add((door, lane));
        }
    }

    Task Free()
    {
        lanes.ForEach(l => l.Door.Set());
        return Task.WhenAll(lanes.Select(l => l.Lane));
    }

    Task Stranger(string network, string name) =>
        work.Do(From(network), known: false, rough: false, () => Done(name), CancellationToken.None);

    Task Rough(string name) =>
        work.Do(From("rough"), known: false, rough: true, () => Done(name), CancellationToken.None);

    bool Done(string name)
    {
        done.Enqueue(name);
        return true;
    }

    static Visitor From(string network) => new(network, "", null);
}
