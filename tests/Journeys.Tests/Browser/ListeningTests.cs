using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Loa.Browser;

/// <summary>
/// The daily work of an author on a phone: a bulletin typed, heard sentence by sentence, one word mended, heard, sent for approval;
/// with every tap, every key and every wait for the machine counted.
/// </summary>
[Collection("second town")]
public sealed class ListeningTests(Town town)
{
    const string Title = "Thông báo lịch tiêm phòng cho đàn bò";
    const string Text = """
        Kính thưa bà con nhân dân xã Thiện Hưng.
        Từ ngày 7/12 đến ngày 11/12/2026, Trạm Khuyến nông phối hợp với các ấp tiêm phòng bệnh viêm da nổi cục cho đàn bò. Sáng thứ hai tiêm tại ấp 1 và ấp 2, sáng thứ tư tiêm tại ấp 3. Thời gian bắt đầu lúc 6h30 tại nhà văn hóa ấp.
        Bà con nhốt bò tại chuồng, buộc dây chắc chắn. Hộ nào có bò bệnh xin báo cho trưởng ấp hoặc gọi 0271 3879 252.
        Xin trân trọng cảm ơn bà con.
        """;
    const string Wrong = "sáng thứ tư";
    const string Right = "chiều thứ tư";

    // Two thumbs on glass, people who do it every day: 36 words of five keys a minute. A tone or a hook is a key, too.
    const double KeysAMinute = 180;
    static readonly TimeSpan OfATap = TimeSpan.FromSeconds(1.5);
    static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    // The player of sentences stands in no page: it is taken hold of as it is made. What it plays first lasts for nothing.
    const string TakesHold = """
        window.gaps = [];
        window.endedAt = 0;
        const Real = window.Audio;
        window.Audio = function (...given) {
          const made = new Real(...given);
          made.addEventListener('ended', () => { endedAt = made.duration > 0.5 ? performance.now() : 0; });
          made.addEventListener('playing', () => { if (endedAt) gaps.push(performance.now() - endedAt); endedAt = 0; });
          return window.player = made;
        };
        """;

    int taps;
    int keys;
    TimeSpan waited;

    [Fact]
    public async Task WriteListenFixSend()
    {
        await using var author = await town.Officer("thienhung.bientap", Visit.Phone);
        var page = author.Page;
        await page.AddInitScriptAsync(TakesHold);
        await page.GotoAsync("/bulletins");
        await IsWritten(author);

        var before = await IsHeard(author, "first");
        await author.Fits();
        await author.IsAccessible();
        await author.View("listening");
        await Mend(page);
        var after = await IsHeard(author, "mended");
        var anew = after.Sentences.Except(before.Sentences).Count();
        Assert.Equal((before.Sentences.Count, 1), (after.Sentences.Count, anew));

        await Tap(author.Button("desk.save"));
        await Wait(() => page.Locator("[data-bulletin] [data-waveform]").WaitForAsync());
        await Tap(author.Button("bulletin.submit"));
        await Wait(() =>
            Expect(page.Locator(".page-actions .badge")).ToHaveTextAsync(Visit.Vi("state.bulletin.submitted"))
        );
        author.WentQuietly();
        Tell(before, after);
    }

    async Task IsWritten(Visit author)
    {
        var page = author.Page;
        await Tap(author.Link("bulletins.write").First);
        await Wait(() => page.Locator("[name=title]").WaitForAsync());
        await Tap(page.Locator("[name=title]"));
        await Type(page, Title);
        await Tap(page.Locator("[name=class]"));
        taps++;
        await page.Locator("[name=class]").SelectOptionAsync("ordinary");
        await Tap(page.Locator("[name=text]"));
        await Type(page, Text);
    }

    // The word is marked as a finger does, and another typed over it.
    async Task Mend(IPage page)
    {
        var at = Text.IndexOf(Wrong, StringComparison.Ordinal);
        taps += 2;
        await page.Locator("[name=text]")
            .EvaluateAsync(
                "(text, [at, length]) => { text.focus(); text.setSelectionRange(at, at + length); }",
                new[] { at, Wrong.Length }
            );
        await Type(page, Right);
        await Expect(page.Locator("[name=text]")).ToHaveValueAsync(new Regex(Right));
    }

    async Task<Heard> IsHeard(Visit author, string round)
    {
        var page = author.Page;
        await Tap(author.Button("desk.listen"));
        var began = Stopwatch.GetTimestamp();
        await Wait(() => page.WaitForFunctionAsync("() => player.duration > 0.5 && player.currentTime > 0"));
        var first = Stopwatch.GetElapsedTime(began);
        await page.Locator("[data-speech=whole]").WaitForAsync();
        var whole = Stopwatch.GetElapsedTime(began);
        var sentences = await page.Locator("#heard .sentence-play")
            .EvaluateAllAsync<string[]>("all => all.map(button => button.dataset.sentence)");
        Assert.All(sentences, Assert.NotNull);
        // Here he listens on; the test hastens, and waits until the last sentence was heard.
        var gaps = await page.EvaluateAsync<double[]>(
            """
            async () => {
              const isHeard = () => document.querySelector('#heard .sentence-play[aria-current]') === null;
              player.addEventListener('playing', () => { player.playbackRate = 4; });
              player.playbackRate = 4;
              while (!isHeard()) await new Promise(done => setTimeout(done, 50));
              endedAt = 0;
              return gaps.splice(0);
            }
            """
        );
        Assert.Equal(sentences.Length - 1, gaps.Length);
        var length = await page.Locator("#heard [role=slider]").GetAttributeAsync("aria-valuemax");
        return new(round, first, whole, sentences, gaps, double.Parse(length!, CultureInfo.InvariantCulture));
    }

    void Tell(Heard before, Heard after)
    {
        // What was heard once whole, and the mended sentence again.
        var listened = TimeSpan.FromSeconds(before.Seconds + after.Seconds / after.Sentences.Count);
        var human = TimeSpan.FromMinutes(keys / KeysAMinute) + taps * OfATap + listened;
        var silence = before.Gaps.Concat(after.Gaps).Order().ToList();
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"measured: write, listen, fix, send: {Text.Split().Length} words, {taps} taps, {keys} keys, {before.Seconds:0} s of sound; first sound {before.First.TotalSeconds:0.0} s, whole {before.Whole.TotalSeconds:0.0} s, mended {after.Whole.TotalSeconds:0.0} s; between two sentences {silence[silence.Count / 2]:0} ms and their edges; waited {waited.TotalSeconds:0.0} s, human {human.TotalMinutes:0.0} min (limit {Longest.TotalMinutes:0})"
            )
        );
        Assert.InRange(human + waited, TimeSpan.FromMinutes(1), Longest);
    }

    async Task Tap(ILocator there)
    {
        taps++;
        await there.ClickAsync();
    }

    // By Telex a mark is a key of its own: ố is o, o, s.
    async Task Type(IPage page, string text)
    {
        keys += text.Normalize(NormalizationForm.FormD).Length + text.Count(letter => letter is 'đ' or 'Đ');
        await page.Keyboard.TypeAsync(text);
    }

    async Task Wait(Func<Task> something)
    {
        var began = Stopwatch.GetTimestamp();
        await something();
        waited += Stopwatch.GetElapsedTime(began);
    }

    sealed record Heard(
        string Round,
        TimeSpan First,
        TimeSpan Whole,
        IReadOnlyList<string> Sentences,
        IReadOnlyList<double> Gaps,
        double Seconds
    );
}
