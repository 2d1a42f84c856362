using System.Collections.Concurrent;
using Loa.Conform;
using Loa.Speaker.InABox;

namespace Loa.Speaker.Conformity;

/// <summary>The scripts beside the protocol, played to our own speaker.</summary>
public sealed class ConformTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Our_speaker_holds_every_script() =>
        Assert.True(await output.Try([SpeakerProcess.Speaker, .. Trials.Given, "--output", "null"]));

    [Fact]
    public async Task A_speaker_that_plays_nothing_does_not_pass()
    {
        var said = new ConcurrentQueue<string>();
        await Assert.ThrowsAsync<TimeoutException>(() =>
            ConformCommand.Try(
                ["sleep", "60"],
                null,
                Trials.SideBySide,
                TimeSpan.FromSeconds(1),
                said.Enqueue,
                TestContext.Current.CancellationToken
            )
        );
    }
}
