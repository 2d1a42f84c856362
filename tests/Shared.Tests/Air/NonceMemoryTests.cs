namespace Loa.Air;

public sealed class NonceMemoryTests
{
    [Fact]
    public void What_a_full_memory_forgot_is_still_a_replay()
    {
        var nonces = new NonceMemory(capacity: 3);
        var commands = Enumerable
            .Range(0, 10)
            .Select(i => Some.Command with { Nonce = $"nonce-nonce-{i:d4}", Expires = Some.Now.AddMinutes(i + 1) })
            .ToArray();

        Assert.All(commands, command => Assert.True(nonces.TryTake(command, Some.Now)));
        Assert.Equal(3, nonces.Seen.Count);
        Assert.All(commands, command => Assert.False(nonces.TryTake(command, Some.Now)));
    }

    [Fact]
    public void A_clock_that_goes_back_brings_no_command_back()
    {
        var nonces = new NonceMemory();
        Assert.True(nonces.TryTake(Some.Command, Some.Now));

        var later = Some.Command with { Nonce = "another-nonce-001", Expires = Some.Now.AddDays(2) };
        Assert.True(nonces.TryTake(later, Some.Now.AddDays(1)));

        Assert.Single(nonces.Seen);
        Assert.False(nonces.TryTake(Some.Command, Some.Now));
    }
}
