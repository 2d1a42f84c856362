namespace Loa.Kernel;

public sealed class WriteTurnsTests
{
    static readonly CancellationToken Never = CancellationToken.None;

    [Fact]
    public async Task Many_share_and_whoever_takes_the_turn_is_alone()
    {
        using var turns = new WriteTurns();
        var one = await turns.Share(Never);
        var two = await turns.Share(Never);
        var taking = turns.Take(Never);
        var late = turns.Share(Never);
        one.Dispose();
        Assert.False(taking.IsCompleted);
        Assert.False(late.IsCompleted);

        two.Dispose();
        var taken = await taking;
        var next = turns.Take(Never);
        Assert.False(late.IsCompleted);
        Assert.False(next.IsCompleted);

        taken.Dispose();
        (await next).Dispose();
        (await late).Dispose();
    }

    [Fact]
    public async Task A_long_write_is_not_waited_for_to_its_end()
    {
        using var turns = new WriteTurns();
        using var longest = await turns.Share(Never);
        (await turns.Take(Never)).Dispose();
        (await turns.Share(Never)).Dispose();
    }

    [Fact]
    public async Task Whoever_gives_up_leaves_the_turn_to_others()
    {
        using var turns = new WriteTurns();
        using var hangUp = new CancellationTokenSource();
        var sharing = await turns.Share(Never);
        var given = turns.Take(hangUp.Token);
        await hangUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => given);
        (await turns.Share(Never)).Dispose();
        sharing.Dispose();
        (await turns.Take(Never)).Dispose();
    }
}
