using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Loa.Audio;
using Loa.Newsroom.Data;
using Loa.Newsroom.Voices;
using Loa.Papers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

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

        Assert.Contains("data-waveform", await author.Listen("Nghe thử một câu."), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_master_is_packed_when_a_bulletin_takes_what_was_listened_to()
    {
        var author = await server.SignedIn("thienhung.bientap");
        var text = Desk.NewText();
        var digest = Digest(await Preview(author, text).Json())!;
        Assert.Equal("", (await Made()).Master);
        // Of what was listened to one sentence went meanwhile.
        var (voices, sentences) = (Service<VoiceCatalog>(), Service<SentenceStore>());
        sentences.Forget(voices.ScriptOf(text, null, null).Lines[0].Key);

        await author.Write(text: text);

        var made = await Made();
        Assert.Equal((true, true), (made.Kept, Service<PaperStore>().Has(made.Master)));

        Task<Rendering> Made() =>
            server.With<NewsroomDb, Rendering>(db => db.Renderings.AsNoTracking().SingleAsync(r => r.Digest == digest));
    }

    TService Service<TService>()
        where TService : notnull => server.Services.GetRequiredService<TService>();

    [Fact]
    public async Task What_nobody_will_say_is_named_to_the_author()
    {
        var author = await server.SignedIn("thienhung.bientap");
        const string text = "Khách đoàn 北京 đến lúc 8h, mang theo Щ.";

        var heard = await Preview(author, text).Json();
        var kept = await author.See((await author.Write(text: text)).Id);

        Assert.Equal(["北京", "Щ"], heard.GetProperty("unsaid").EnumerateArray().Select(sign => sign.GetString()));
        Assert.Equal(["北京", "Щ"], kept.GetProperty("unsaid").EnumerateArray().Select(sign => sign.GetString()));
        var page = await author.GetStringAsync($"/bulletins/{kept.GetProperty("id").GetGuid()}");
        Assert.Contains("北京, Щ", WebUtility.HtmlDecode(page), StringComparison.Ordinal);
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
        await Preview(author, "   ").Refused("invalid", HttpStatusCode.BadRequest);
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
    public async Task Whoever_has_many_texts_read_keeps_nobody_else_waiting()
    {
        // One of his own: no other test has a text of his waiting.
        var busy = (await Loa.People.SomeOfficer.New(server)).Client;
        var other = await server.SignedIn("thienhung.bientap");
        // So long that none is through before the other officer has his.
        var sentence = string.Concat(Enumerable.Repeat("Bà con chú ý nghe thông báo về lịch cắt điện. ", 200));

        using var stop = new CancellationTokenSource();
        var many = Enumerable
            .Range(1, 8)
            .Select(n => busy.PostAsJsonAsync("/bulletins/preview", new { text = $"{sentence} {n}." }, stop.Token))
            .ToList();
        await other.PostAsJsonAsync("/bulletins/preview", new { text = Desk.NewText() }).Json();

        // One is read and two wait; the others are told so at once.
        var (answered, underway) = (many.FindAll(a => a.IsCompleted), many.FindAll(a => !a.IsCompleted));
        Assert.Equal(5, answered.Count);
        foreach (var asked in answered)
            await asked.Refused("voice.yours-waiting");
        await stop.CancelAsync();
        foreach (var asked in underway)
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asked);
        // What nobody waits for any more is given up, and its place is free again.
        await RunningServer.Until(
            async () =>
                (await busy.PostAsJsonAsync("/bulletins/preview", new { text = "Một câu ngắn." })).IsSuccessStatusCode,
            "his own next text is read"
        );
    }

    [Fact]
    public async Task Previews_go_after_a_week_and_the_oldest_when_they_take_too_much_room()
    {
        var author = await server.SignedIn("binhphuoc.bientap");
        var officer = (await author.GetAsync("/api/me").Json()).GetProperty("officerId").GetGuid();
        string[] texts = [Desk.NewText(), Desk.NewText(), Desk.NewText()];
        var answers = new List<JsonElement>();
        foreach (var text in texts)
            answers.Add(await Preview(author, text).Json());
        var kept = await author.Write(text: texts[0]);
        var papers = server.Services.GetRequiredService<PaperStore>();
        var previews = server.Services.GetRequiredService<ForgetPreviews>();
        var (first, second, third) = (Digest(answers[0])!, Digest(answers[1])!, Digest(answers[2])!);
        await Age(second, TimeSpan.FromHours(1));

        var options = server.Services.GetRequiredService<IOptions<RenderingOptions>>().Value;
        var most = options.MostPreviewBytes;
        options.MostPreviewBytes = 1;
        await previews.Trim(officer, CancellationToken.None);
        options.MostPreviewBytes = most;
        Assert.Equal((true, false, true), (papers.Has(first), papers.Has(second), papers.Has(third)));

        await Age(first, TimeSpan.FromDays(8));
        await Age(third, TimeSpan.FromDays(8));
        await previews.Old(server.Clock.GetUtcNow().AddDays(-7), CancellationToken.None);
        Assert.Equal((true, false), (papers.Has(first), papers.Has(third)));
        Assert.Equal(first, Digest(await author.See(kept.Id)));
        // The same text is read again when it is asked for again.
        await Preview(author, texts[2]).Json();
    }

    [Fact]
    public async Task A_preview_whose_sound_could_not_be_thrown_away_is_not_forgotten()
    {
        var author = await server.SignedIn("binhphuoc.bientap");
        var digest = Digest(await Preview(author, Desk.NewText()).Json())!;
        var (papers, previews) = (
            server.Services.GetRequiredService<PaperStore>(),
            server.Services.GetRequiredService<ForgetPreviews>()
        );
        await Age(digest, TimeSpan.FromDays(8));
        // As if the server had been killed in the middle: nothing can be deleted here.
        File.Delete(papers.PathOf(digest));
        Directory.CreateDirectory(papers.PathOf(digest));

        await Assert.ThrowsAsync<UnauthorizedAccessException>(() =>
            previews.Old(server.Clock.GetUtcNow().AddDays(-7), CancellationToken.None)
        );
        Assert.True(await IsKnown());

        Directory.Delete(papers.PathOf(digest));
        await previews.Old(server.Clock.GetUtcNow().AddDays(-7), CancellationToken.None);
        Assert.Equal((false, false), (await IsKnown(), papers.Has(digest)));

        Task<bool> IsKnown() => server.With<NewsroomDb, bool>(db => db.Renderings.AnyAsync(r => r.Digest == digest));
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

    Task<int> Age(string digest, TimeSpan by) =>
        server.With<NewsroomDb, int>(db =>
            db.Renderings.Where(r => r.Digest == digest)
                .ExecuteUpdateAsync(row => row.SetProperty(r => r.At, server.Clock.GetUtcNow() - by))
        );

    static Task<HttpResponseMessage> Preview(HttpClient author, string text) =>
        author.PostAsJsonAsync("/bulletins/preview", new { text, voice = "vi" });

    static string? Digest(JsonElement answer) => answer.GetProperty("sound").GetProperty("digest").GetString();
}
