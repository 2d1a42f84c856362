using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Loa.Air;
using Loa.Audio;
using Loa.Cases;
using Loa.Contracts.Retention;
using Loa.Kernel;
using Loa.Newsroom.Bulletins;
using Loa.Newsroom.Data;
using Loa.Newsroom.Voices;
using Loa.Papers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Loa.Newsroom;

public sealed partial class SentenceTests(RunningServer server)
{
    [Fact]
    public async Task Of_a_changed_text_only_the_changed_sentence_is_read_again()
    {
        var author = await server.SignedIn("thienhung.bientap");
        string[] sentences = [Desk.NewText(), Desk.NewText(), Desk.NewText()];
        await Preview(author, string.Join(' ', sentences));
        var before = Script(string.Join(' ', sentences));
        var read = before.Lines.Select(line => Written(line.Key)).ToList();
        sentences[1] = sentences[1].Replace("trẻ em", "người lớn", StringComparison.Ordinal);

        await Preview(author, string.Join(' ', sentences));

        var after = Script(string.Join(' ', sentences));
        Assert.Equal([true, false, true], before.Lines.Zip(after.Lines, (a, b) => a.Key == b.Key));
        Assert.Equal((read[0], read[2]), (Written(after.Lines[0].Key), Written(after.Lines[2].Key)));
        Assert.NotNull(Sentences.Find(after.Lines[1].Key));
    }

    [Fact]
    public async Task The_whole_is_its_sentences_with_silence_between_them_as_loud_as_all()
    {
        var author = await server.SignedIn("thienhung.bientap");
        var text = $"{Desk.NewText()} Kính mời bà con đến dự.\n{Desk.NewText()}";
        var answer = await Preview(author, text);
        var script = Script(text);

        var file = Path.GetTempFileName();
        await File.WriteAllBytesAsync(file, await author.GetByteArrayAsync(answer.GetProperty("url").GetString()));
        var (whole, measured) = (await Ffmpeg.Decode(file, default), await Loudness.Measure(file, default));
        File.Delete(file);

        Assert.InRange(measured.IntegratedLufs, -17, -15);
        var kept = answer.GetProperty("sound");
        Assert.InRange(kept.GetProperty("loudness").GetDouble(), -16.8, -15.2);
        Assert.True(kept.GetProperty("truePeak").GetDouble() <= -1.5);
        var at = TimeSpan.Zero;
        foreach (var line in script.Lines)
        {
            var said = Wav.Read(Sentences.Find(line.Key)!.Master);
            var here = new Sound(whole.Samples[(int)(at.TotalSeconds * 48_000)..], 48_000);
            var match = Correlation.Best(said, here, TimeSpan.FromMilliseconds(50));
            Assert.True(match.Coefficient > 0.98, $"{match}");
            Assert.InRange(match.Lag.TotalMilliseconds, -11, 11);
            at += said.Duration + ReadingScript.SilenceAfter(line);
            var silence = here.Samples.Skip(said.Samples.Length).Take((int)(line.Pause.TotalSeconds * 48_000) - 9_600);
            Assert.True(silence.All(sample => Math.Abs(sample) < 0.01f));
        }
        Assert.Equal(at.TotalSeconds, whole.Duration.TotalSeconds, 0.03);
        Assert.Equal([400, 800, 0], script.Lines.Select(line => line.Pause.TotalMilliseconds));
    }

    [Fact]
    public async Task What_is_saved_is_read_aloud_by_itself_and_can_be_sent()
    {
        var author = await server.SignedIn("thienhung.bientap");
        var draft = await author.Write(text: $"{Desk.NewText()} {Desk.NewText()}");
        Assert.Contains(
            $"hx-get=\"/bulletins/{draft.Id}/sound\"",
            await author.GetStringAsync($"/bulletins/{draft.Id}"),
            StringComparison.Ordinal
        );

        var (now, acts) = await Whole(author, draft.Id);
        Assert.Equal(2, now.GetProperty("done").GetInt32());
        Assert.Equal(draft.Acts, acts);
        var spoken = await author.Do(draft, "voice");
        Assert.Equal("submitted", (await author.Do(spoken, "submit")).State);
    }

    [Fact]
    public async Task A_bulletin_of_before_keeps_its_sound_until_something_else_changes()
    {
        var unit = await server.UnitOf("thienhung.bientap");
        const string Title = "Tin của năm trước";
        var standing = await server.With<NewsroomDb, Case?>(async db =>
            await db.Find(
                BulletinProcedure.Definition,
                await db.Submitted(unit, Title, server.Clock.Moment().AddDays(-1)),
                default
            )
        );
        var old = Bulletin.Of(standing!);

        Assert.Null(old.Pace);
        Assert.Empty(old.Changed(Title, Title, old.Class, Script(Title)));
        Assert.Equal(["class"], old.Changed(Title, Title, AirClass.Priority, Script(Title)).Select(field => field.Key));
        Assert.Contains("audio", old.Changed(Title, Title + "!", old.Class, Script(Title)).Select(field => field.Key));
    }

    [Fact]
    public async Task Read_at_another_pace_a_bulletin_loses_its_sound_and_is_read_anew()
    {
        var author = await server.SignedIn("thienhung.bientap");
        var draft = await author.Do(await author.Write(), "voice");
        var before = await author.See(draft.Id);

        var other = await author
            .PostAsJsonAsync(
                $"/bulletins/{draft.Id}/text",
                new
                {
                    title = before.GetProperty("title").GetString(),
                    text = before.GetProperty("text").GetString(),
                    seen = draft.Acts,
                    pace = ReadingPace.Slow,
                }
            )
            .Json();

        Assert.Equal(draft.Acts + 1, other.GetProperty("acts").GetInt32());
        Assert.Equal(JsonValueKind.Null, (await author.See(draft.Id)).GetProperty("sound").ValueKind);
        var slow = await author.Do(Moved.Of(other), "voice");
        var heard = (await author.See(slow.Id)).GetProperty("sound").GetProperty("durationMs").GetInt64();
        Assert.True(heard > 1.1 * before.GetProperty("sound").GetProperty("durationMs").GetInt64());
    }

    [Theory]
    [InlineData(119)]
    [InlineData(201)]
    public async Task A_pace_that_nobody_could_follow_is_refused(int pace)
    {
        var author = await server.SignedIn("thienhung.bientap");
        await author
            .PostAsJsonAsync("/bulletins/preview", new { text = "Một câu.", pace })
            .Refused("invalid", HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task The_desk_tells_while_one_writes_how_long_it_will_sound_and_what_nobody_will_say()
    {
        var author = await server.SignedIn("thienhung.bientap");
        var text = Desk.NewText() + " Mang theo Щ và BQXH.";

        var told = await author.PostAsJsonAsync("/bulletins/estimate", new { text }).Json();
        var heard = await Preview(author, text);
        var known = await author.PostAsJsonAsync("/bulletins/estimate", new { text }).Json();

        Assert.Equal(["Щ"], told.GetProperty("unsaid").EnumerateArray().Select(sign => sign.GetString()));
        var spelled = Assert.Single(told.GetProperty("spelled").EnumerateArray());
        Assert.Equal("BQXH", spelled.GetProperty("written").GetString());
        var length = heard.GetProperty("sound").GetProperty("durationMs").GetInt64();
        Assert.InRange(told.GetProperty("durationMs").GetInt64(), 0.85 * length, 1.15 * length);
        Assert.InRange(known.GetProperty("durationMs").GetInt64(), length - 30, length + 30);
        var nothing = await author.PostAsJsonAsync("/bulletins/estimate", new { text = "" }).Json();
        Assert.Equal(0, nothing.GetProperty("durationMs").GetInt64());
    }

    [Fact]
    public async Task Sentences_not_used_for_long_go_and_what_a_bulletin_has_taken_stays()
    {
        var author = await server.SignedIn("thienhung.bientap");
        var text = Desk.NewText();
        var draft = await author.Do(await author.Write(text: text), "voice");
        var key = Script(text).Lines[0].Key;
        var kept = server.Services.GetServices<IKeptKind>().Single(kind => kind.Name == "sentences");
        File.SetLastWriteTimeUtc(Sentences.Find(key)!.Air, server.Clock.GetUtcNow().UtcDateTime.AddDays(-400));
        var before = server.Clock.GetUtcNow().AddDays(-365);

        Assert.True(await kept.Due(OldAge.Delete, before, default) > 0);
        Assert.True((await kept.Measure(default)).Bytes > 0);
        await foreach (var _ in kept.Age(OldAge.Delete, before, default)) { }

        Assert.Null(Sentences.Find(key));
        var digest = (await author.See(draft.Id)).GetProperty("sound").GetProperty("digest").GetString()!;
        Assert.True(server.Services.GetRequiredService<PaperStore>().Has(digest));
        // Written again, it is read anew.
        await Preview(author, text + " Xin cảm ơn bà con.");
        Assert.NotNull(Sentences.Find(key));
    }

    [Fact]
    public async Task Half_a_sentence_that_a_power_cut_left_is_read_anew()
    {
        var author = await server.SignedIn("thienhung.bientap");
        var text = Desk.NewText();
        await Preview(author, text);
        var sound = Sentences.Find(Script(text).Lines[0].Key)!;
        await using (var file = File.OpenWrite(sound.Air))
            file.SetLength(file.Length / 2);
        Assert.Null(Sentences.Find(sound.Key));

        await Preview(author, text + " Xin cảm ơn bà con.");

        Assert.NotNull(Sentences.Find(sound.Key));
        await author
            .GetAsync("/bulletins/sentences/" + sound.Key[..63] + "g")
            .Refused("missing.sound", HttpStatusCode.NotFound);
    }

    SentenceStore Sentences => server.Services.GetRequiredService<SentenceStore>();

    ReadingScript Script(string text) => server.Services.GetRequiredService<VoiceCatalog>().ScriptOf(text, "vi", null);

    DateTime Written(string key) => File.GetLastWriteTimeUtc(Sentences.Find(key)!.Master);

    static Task<JsonElement> Preview(HttpClient author, string text) =>
        author.PostAsJsonAsync("/bulletins/preview", new { text, voice = "vi" }).Json();

    static async Task<(JsonElement Now, int Acts)> Whole(HttpClient author, Guid bulletin)
    {
        for (var seen = 0; ; )
        {
            var answer = await author.GetAsync($"/bulletins/{bulletin}/sound?seen={seen}").Json();
            var now = answer.GetProperty("now");
            if (now.GetProperty("whole").ValueKind != JsonValueKind.Null)
                return (now, answer.GetProperty("acts").GetInt32());
            seen = now.GetProperty("done").GetInt32();
        }
    }

    [GeneratedRegex("data-sentence=\"([^\"]+)\"")]
    internal static partial Regex Heard();
}
