using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Loa.Audio;
using Loa.Newsroom.Data;
using Loa.Newsroom.Voices;
using Microsoft.EntityFrameworkCore;

namespace Loa.Newsroom;

public sealed class VoiceTests(RunningServer server)
{
    [Fact]
    public async Task The_same_text_by_the_same_voice_is_read_once_however_many_ask()
    {
        var author = await server.SignedIn("thienhung.bientap");
        var text = Desk.NewText();

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Preview(author, text).Json()));
        var draft = await author.Write(text: text + "  \n");
        var other = await author.PostAsJsonAsync("/bulletins/preview", new { text, voice = "vi-vn-x-south" }).Json();

        var spoken = answers[0].GetProperty("sound").GetProperty("spoken").GetString();
        Assert.Equal(2, await server.With<NewsroomDb, int>(db => db.Renderings.CountAsync(r => r.Spoken == spoken)));
        Assert.Single(answers.Select(Digest).Distinct());
        Assert.NotEqual(Digest(answers[0]), Digest(other));
        // What was listened to while writing is the bulletin's sound at once.
        Assert.Equal(2, draft.Acts);
        Assert.Equal(Digest(answers[0]), Digest(await author.See(draft.Id)));
    }

    [Fact]
    public async Task What_is_listened_to_before_saving_can_be_heard()
    {
        var author = await server.SignedIn("thienhung.bientap");
        var answer = await Preview(author, "Nghe thử một câu.").Json();
        var sound = await author.GetByteArrayAsync(answer.GetProperty("url").GetString());
        Assert.True(sound.AsSpan().StartsWith("OggS"u8));

        var page = new HttpRequestMessage(HttpMethod.Post, "/bulletins/preview")
        {
            Content = new FormUrlEncodedContent(
                new Dictionary<string, string> { ["text"] = "Nghe thử một câu.", ["voice"] = "vi" }
            ),
        };
        page.Headers.Add("HX-Request", "true");
        Assert.Contains(
            "data-waveform",
            await (await author.SendAsync(page)).Content.ReadAsStringAsync(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task The_longest_text_is_taken_and_one_letter_more_is_not()
    {
        var author = await server.SignedIn("thienhung.bientap");
        var longest = string.Concat(Enumerable.Repeat("Thông báo tới bà con. ", 1_000))[..20_000].Replace(' ', '\n');
        var taken = await author.Write(text: longest[..^1] + ".");
        Assert.Equal(20_000, (await author.See(taken.Id)).GetProperty("text").GetString()!.Length);

        var tooLong = await author
            .PostAsJsonAsync("/bulletins", new { title = "Dài", text = longest + "." })
            .Json(HttpStatusCode.BadRequest);
        Assert.True(tooLong.GetProperty("errors").TryGetProperty("text", out _));
    }

    [Fact]
    public async Task What_cannot_be_read_is_told_in_words()
    {
        var author = await server.SignedIn("thienhung.bientap");
        await Preview(author, "… !!! —").Refused("voice.nothing-to-read");
        await Preview(author, "   ").Refused("voice.nothing-to-read");
        await Preview(author, "").Refused("invalid", HttpStatusCode.BadRequest);
        await author
            .PostAsJsonAsync(
                "/bulletins",
                new
                {
                    title = "Lạ",
                    text = "Giọng lạ.",
                    voice = "en",
                }
            )
            .Refused("invalid", HttpStatusCode.BadRequest);
        await author
            .PostAsJsonAsync("/bulletins", new { title = "  ", text = "Không đề." })
            .Refused("invalid", HttpStatusCode.BadRequest);
    }

    [Fact]
    public void Each_fault_of_a_tool_has_a_sentence()
    {
        Assert.Equal("voice.tool-missing", SpeechFaults.Of(new ToolMissingException("espeak-ng", "espeak-ng"))?.Code);
        Assert.Equal("voice.failed", SpeechFaults.Of(new ToolException("ffmpeg", "ended", 1, "?"))?.Code);
        Assert.Equal(
            "voice.disk-full",
            SpeechFaults.Of(new ToolException("ffmpeg", "ended", 1, "write: No space left on device"))?.Code
        );
        Assert.Equal("voice.nothing-heard", SpeechFaults.Of(new LevellingException(LevellingFault.Silent, ""))?.Code);
        Assert.Null(SpeechFaults.Of(new InvalidOperationException()));
    }

    static Task<HttpResponseMessage> Preview(HttpClient author, string text) =>
        author.PostAsJsonAsync("/bulletins/preview", new { text, voice = "vi" });

    static string? Digest(JsonElement answer) => answer.GetProperty("sound").GetProperty("digest").GetString();
}
