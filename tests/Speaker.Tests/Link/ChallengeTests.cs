using Loa.Speaker.InABox;

namespace Loa.Speaker.Link;

public sealed class ChallengeTests
{
    [Fact]
    public async Task A_challenge_that_cannot_be_answered_ends_the_connection_and_not_the_speaker()
    {
        await using var province = await Province.Start();
        province.Gate.BadChallenges = 1;
        await using var process = SpeakerProcess.Start(province);
        var speaker = await province.Speaker();

        await speaker.State(state => state.Online);

        Assert.Contains(process.Log, line => line.Contains("challenge", StringComparison.Ordinal));
        Assert.Equal(0, await process.Stop());
    }
}
