using Loa.Audio;
using Loa.Server.Demo;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Loa.Browser;

/// <summary>The whole job as two officers of Lộc Tấn do it: typed, heard, sent up, signed in the browser, played, proven.</summary>
[Collection("second town")]
public sealed class BulletinJourneyTests(Town town)
{
    const string Title = "Thông báo xả lũ hồ Thác Mơ";
    const string Text =
        "Kính thưa bà con. Hôm nay, hồ Thác Mơ xả lũ qua 2 cửa, lưu lượng 150 m3/s, từ 15h30.\n"
        + "Đề nghị bà con vùng hạ du không ra sông, đưa người và tài sản lên nơi cao. UBND xã trực 24/24.";
    static readonly TimeSpan Window = TimeSpan.FromSeconds(0.5);

    [Fact]
    public async Task FromTypingToTheSoundOfTheLoudspeakers()
    {
        var bulletin = await IsWrittenAndSentUp();
        var broadcast = await IsSignedAndPlayed(bulletin);

        var audio = await town.Officers.Download("loctan.duyet", $"{bulletin}/audio", CancellationToken.None);
        var approved = Recordings.Decode(audio);
        foreach (var serial in town.InLocTan)
        {
            var recording = Assert.Single(town.RecordingsOf(serial));
            var match = Correlation.Best(approved, Wav.Read(recording), Window).Coefficient;
            Assert.True(match >= 0.95, $"{serial} played something else than {broadcast}: correlation {match:0.000}");
        }
        Assert.Empty(town.RecordingsOf(town.Elsewhere));
    }

    async Task<string> IsWrittenAndSentUp()
    {
        await using var author = await town.Officer("loctan.bientap");
        var page = author.Page;
        await page.GotoAsync("/bulletins");
        await author.Link("bulletins.write").First.ClickAsync();
        await page.Locator("[name=title]").FillAsync(Title);
        await page.Locator("[name=text]").FillAsync(Text);
        await page.Locator("[name=class]").SelectOptionAsync("ordinary");
        // Known before anything is read aloud.
        await Expect(page.Locator("[data-estimate]")).ToContainTextAsync("0:2");
        await author.Button("desk.listen").ClickAsync();
        await page.Locator("#heard .sentence-play[aria-current]").WaitForAsync();
        await author.Listen("#heard");
        await author.Picture("desk-heard");
        await author.Button("desk.save").ClickAsync();

        await page.Locator("[data-bulletin]").WaitForAsync();
        // The bulletin keeps the sound that he heard at the desk.
        await author.Listen("[data-bulletin]");
        await author.Picture("bulletin-draft");
        await author.Button("bulletin.submit").ClickAsync();
        await StateIs(page, "submitted");
        author.WentQuietly();
        return new Uri(page.Url).AbsolutePath;
    }

    async Task<Guid> IsSignedAndPlayed(string bulletin)
    {
        await using var leader = await town.Officer("loctan.duyet");
        var page = leader.Page;
        await page.GotoAsync(bulletin);
        await leader.Link("bulletin.make-key").ClickAsync();
        await leader.Button("keys.ask").ClickAsync();
        await leader.Confirm("keys.demo-sign");
        await Expect(leader.Link("keys.go-on")).ToBeVisibleAsync();
        await leader.Picture("keys-signed");

        await leader.Link("keys.go-on").ClickAsync();
        await leader.Listen("[data-bulletin]");
        await leader.Picture("bulletin");
        await leader.Confirm("bulletin.sign");
        await StateIs(page, "approved");
        await leader.Picture("bulletin-approved");
        await leader.Link("bulletin.play-now").ClickAsync();
        await ChooseTheCommune(page);
        await leader.Picture("play-now");
        await leader.Button("broadcast.play").ClickAsync();
        // What is heard, how long, by how many and where.
        await Expect(page.Locator("#confirm-question")).ToContainTextAsync("2 cụm loa");
        await Expect(page.Locator("#confirm-question")).ToContainTextAsync("Lộc Tấn");
        await leader.Picture("play-now-question");
        await page.Locator("#confirm [data-yes]").ClickAsync();

        await page.Locator("#live").WaitForAsync();
        await Expect(page.Locator("#stop")).ToBeVisibleAsync();
        // A page that were loaded again would forget this.
        await page.EvaluateAsync("() => { window.stayed = true; }");
        await Expect(page.Locator("#live .progress-count")).ToHaveTextAsync(Visit.Vi("broadcast.heard-of", 2, 2));
        Assert.True(await page.EvaluateAsync<bool>("() => window.stayed === true"), "The page was loaded again.");
        // What was heard to its end cannot be stopped.
        await Expect(page.Locator("#stop")).ToHaveCountAsync(0);
        await leader.Picture("broadcast");
        leader.WentQuietly();
        return Guid.Parse(new Uri(page.Url).Segments[^1]);
    }

    // The tree begins with all that was approved: he empties it, finds the commune by its name without accents, and chooses it.
    static async Task ChooseTheCommune(IPage page)
    {
        var boxes = page.Locator("[data-unit-tree] input[type=checkbox]");
        await boxes.First.UncheckAsync();
        await page.Locator("[data-unit-search]").FillAsync("loc tan");
        await boxes.First.CheckAsync();
        await Expect(page.Locator("[data-unit-chosen]")).ToContainTextAsync("1");
    }

    static Task StateIs(IPage page, string state) =>
        Expect(page.Locator(".page-actions .badge")).ToHaveTextAsync(Visit.Vi("state.bulletin." + state));
}
