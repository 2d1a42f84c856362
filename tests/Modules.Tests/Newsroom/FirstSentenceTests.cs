using System.Diagnostics;
using System.Net;
using Loa.Newsroom.Voices;
using Loa.People;
using Microsoft.Extensions.DependencyInjection;

namespace Loa.Newsroom;

/// <summary>How long one waits for the first sound is measured where nothing else runs.</summary>
[Collection(nameof(Alone))]
public sealed class FirstSentenceTests(RunningServer server)
{
    [Theory]
    [InlineData(1)]
    [InlineData(6)]
    public async Task The_first_sentence_is_heard_while_the_others_are_read(int times)
    {
        var author = (await SomeOfficer.New(server)).Client;
        var text = string.Join('\n', Enumerable.Range(1, times).Select(_ => $"{Desk.NewText()} {Desk.Plain}"));

        var began = Stopwatch.GetTimestamp();
        var shown = await author.Listen(text);
        var first = await author.GetByteArrayAsync(SentenceTests.Heard().Match(shown).Groups[1].Value);
        var took = Stopwatch.GetElapsedTime(began);

        Assert.True(first.AsSpan().StartsWith("OggS"u8));
        // A second and a half where nothing else runs (bench/README.md); the machine may be slow.
        Assert.True(took < TimeSpan.FromSeconds(10), $"{took}");
        Assert.Contains("data-speech=\"going\"", shown, StringComparison.Ordinal);
        var script = server.Services.GetRequiredService<VoiceCatalog>().ScriptOf(text, "vi", null);
        Assert.Contains(script.Lines[^1].Text, WebUtility.HtmlDecode(shown), StringComparison.Ordinal);
    }
}
