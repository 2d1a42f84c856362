using Loa.Air;
using Loa.Cases;
using Loa.Contracts.People;
using Loa.Jose;
using Loa.Kernel;
using Loa.People.Data;
using Loa.People.Units;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Loa.Browser;

/// <summary>The pages of a bad day: each says what is wrong and what the next act does, on a phone and on a desk.</summary>
[Collection("town")]
public sealed class TroublePagesTests(Town town)
{
    static readonly int[] Widths = [Visit.Phone, Visit.Desk];

    [Fact]
    public async Task A_withdrawal_says_how_many_speakers_it_stops_and_the_broadcast_who_withdrew_it()
    {
        const string title = "Thông báo lịch xả nước kênh Lộc Giang";
        var (bulletin, broadcast) = await town.PutOnAir(title, times: 6, CancellationToken.None);
        await RunningServer.Until(async () => await OnAir(bulletin) == 1, "the order is on the speaker's timetable");
        await using (var leader = await town.Officer("thienhung.duyet"))
        {
            var page = leader.Page;
            await page.GotoAsync($"/bulletins/{bulletin}");
            await page.Locator($"form[action$='/{bulletin}/withdraw'] [name=comment]").FillAsync("Sai giờ xả nước");
            await leader.Button("bulletin.withdraw").ClickAsync();
            await Expect(page.Locator("#confirm-question"))
                .ToHaveTextAsync(Visit.Vi("bulletin.withdraw-stops", title, 1));
            await leader.View("withdraw-question");
            await page.Locator("#confirm [data-yes]").ClickAsync();
            await Expect(page.Locator(".page-actions .badge")).ToHaveTextAsync(Visit.Vi("state.bulletin.withdrawn"));
            leader.WentQuietly();
        }
        foreach (var width in Widths)
        {
            await using var visit = await town.Officer("thienhung.duyet", width);
            await visit.Page.GotoAsync($"/broadcasts/{broadcast}");
            await visit.Page.Locator("[data-state=withdrawn]").WaitForAsync();
            await Serves(visit, $"broadcast-withdrawn_{width}");
        }
    }

    [Fact]
    public async Task A_wrong_bulletin_is_silenced_by_two_taps_wherever_the_page_is_scrolled_and_explained_after()
    {
        var (_, broadcast) = await town.PutOnAir("Thông báo nhầm ngày họp", times: 6, CancellationToken.None);
        await using var leader = await town.Officer("thienhung.duyet", Visit.Phone);
        var page = leader.Page;
        await page.GotoAsync($"/broadcasts/{broadcast}");
        await page.EvaluateAsync("() => window.scrollTo(0, document.documentElement.scrollHeight)");
        Assert.True(await IsAtHand(page), "The button lies off the screen, or under something.");
        await leader.View("stop-at-hand");

        await leader.Button("broadcast.stop").ClickAsync();
        await page.Locator("#confirm [data-yes]").ClickAsync();
        await page.Locator("[data-state=stopped]").WaitForAsync();
        await page.Locator("#explain [name=comment]").FillAsync("Nhầm ngày họp");
        await Serves(leader, $"broadcast-stopped_{Visit.Phone}");
        await leader.Button("broadcast.explain-do").ClickAsync();

        await Expect(page.Locator("#live p[role=status]")).ToContainTextAsync("Nhầm ngày họp");
        await Expect(page.Locator("#explain")).ToHaveCountAsync(0);
        leader.WentQuietly();
    }

    [Fact]
    public async Task A_volume_that_nobody_would_hear_is_asked_about_first_and_shown_in_the_list_after()
    {
        await using (var technician = await town.Officer("thienhung.kythuat", Visit.Phone))
        {
            var page = technician.Page;
            await page.GotoAsync($"/speakers/{town.Speaker}");
            await page.Locator("[name=Level]").FillAsync("20");
            await technician.Button("command.volume").ClickAsync();
            await Expect(page.Locator("#confirm-question")).ToContainTextAsync("dưới 30");
            await technician.View("volume-question");
            await page.Locator("#confirm [data-yes]").ClickAsync();
            await RunningServer.Until(async () => await Soft() > 0, "the speaker is listed among those set too soft");
        }
        foreach (var width in Widths)
        {
            await using var visit = await town.Officer("thienhung.kythuat", width);
            await visit.Page.GotoAsync("/speakers?show=soft");
            await Expect(visit.Page.Locator("#results")).ToContainTextAsync(Visit.Vi("speakers.show.soft"));
            await Serves(visit, $"speakers-soft_{width}");
            await visit.Page.GotoAsync("/");
            await Serves(visit, $"home-soft_{width}");
        }
        // As it was, for whoever comes next.
        var loud = new { name = "volume", level = 70 };
        await town.Officers.Post(
            "thienhung.kythuat",
            $"/speakers/{town.Speaker}/commands",
            loud,
            CancellationToken.None
        );
        await RunningServer.Until(async () => await Soft() == 0, "the speaker is loud again");
    }

    [Fact]
    public async Task A_volume_is_set_where_it_is_read_and_its_field_follows_what_the_speaker_says()
    {
        await using var technician = await town.Officer("thienhung.kythuat", Visit.Phone);
        var page = technician.Page;
        await page.GotoAsync($"/speakers/{town.Speaker}");
        var (field, state) = (page.Locator("[name=Level]"), page.Locator("#state"));
        await page.EvaluateAsync("() => { window.here = true; }");
        await field.FillAsync("62");
        await technician.Button("command.volume").ClickAsync();
        await Expect(state.Locator("dd").GetByText("62", new() { Exact = true })).ToBeVisibleAsync();
        await Expect(field).ToHaveValueAsync("62");
        await Serves(technician, $"speaker-volume_{Visit.Phone}");

        // Somebody else sets it; what is folded open stays open meanwhile.
        await page.Locator("#other-commands summary").ClickAsync();
        var loud = new { name = "volume", level = 70 };
        await town.Officers.Post("thienhung.kythuat", $"/speakers/{town.Speaker}/commands", loud, default);
        await Expect(field).ToHaveValueAsync("70");
        await Expect(page.Locator("#other-commands details")).ToHaveAttributeAsync("open", "");
        Assert.True(await page.EvaluateAsync<bool>("() => window.here === true"), "The page was loaded anew.");

        // The place it stands at is left only after both places were read.
        await technician.Unfold("speaker.changes");
        var places = page.Locator("[name=Unit]");
        await Expect(places).ToHaveValueAsync("");
        await places.SelectOptionAsync(new SelectOptionValue { Index = 1 });
        await technician.Button("move.speaker.move").ClickAsync();
        await Expect(page.Locator("#confirm-question")).ToContainTextAsync("Chuyển “");
        await technician.View("move-question");
        await page.Locator("#confirm button:not([data-yes])").First.ClickAsync();
        technician.WentQuietly();
    }

    [Fact]
    public async Task A_new_speaker_is_shown_by_its_code_with_the_number_to_compare()
    {
        var code = await CodeOfANewSpeaker();
        foreach (var width in Widths)
        {
            await using var visit = await town.Officer("thienhung.kythuat", width);
            await visit.Page.GotoAsync($"/speakers/claim?code={code}&q=ap+2");
            await Expect(visit.Page.Locator("main")).ToContainTextAsync(Visit.Vi("claim.root.same"));
            await Serves(visit, $"claim-found_{width}");
            await visit.Page.GotoAsync($"/speakers/claim?code={code[..4]}-{(code[5] == '2' ? '3' : '2')}{code[6..]}");
            await Expect(visit.Page.Locator("main")).ToContainTextAsync(Visit.Vi("refused.claim.check"));
            await Serves(visit, $"claim-wrong_{width}");
        }
    }

    [Fact]
    public async Task A_unit_that_lies_below_itself_is_named_and_set_right_by_one_act()
    {
        var hamlet = (await Tree()).All.First(u => u.Kind == "ap");
        await PutBelowItself(hamlet.Id);
        foreach (var width in Widths)
        {
            await using var visit = await town.Officer("tinh.quantri", width);
            await visit.Page.GotoAsync("/units/faults");
            await Expect(visit.Page.Locator("main")).ToContainTextAsync(Visit.Vi("units.fault.Ring"));
            await Serves(visit, $"unit-fault_{width}");
        }
        await using var administrator = await town.Officer("tinh.quantri");
        await administrator.Page.GotoAsync("/units/faults");
        await administrator.Page.Locator("[name=parent]").SelectOptionAsync(hamlet.ParentId!.Value.ToString());
        await administrator.Button("units.mend.do").ClickAsync();
        await Expect(administrator.Page.Locator("main")).ToContainTextAsync(Visit.Vi("units.faults.none"));
        administrator.WentQuietly();
    }

    // Without scrolling to it, as a click would.
    static Task<bool> IsAtHand(IPage page) =>
        page.EvaluateAsync<bool>(
            """
            () => {
              const at = document.querySelector("#stop button").getBoundingClientRect();
              return document.elementFromPoint(at.x + at.width / 2, at.y + at.height / 2)?.closest("#stop") != null;
            }
            """
        );

    static async Task Serves(Visit visit, string picture)
    {
        await visit.Picture(picture);
        await visit.Fits();
        await visit.IsAccessible();
        visit.WentQuietly();
    }

    async Task<int> OnAir(Guid bulletin) =>
        (await town.Officers.Get("thienhung.duyet", $"/api/bulletins/{bulletin}", CancellationToken.None))
            .GetProperty("onAir")
            .GetInt32();

    async Task<int> Soft() =>
        (await town.Officers.Get("thienhung.kythuat", "/api/speakers?show=soft", CancellationToken.None))
            .GetProperty("speakers")
            .GetArrayLength();

    Task<UnitTree> Tree() => town.Server.With<IUnits, UnitTree>(u => u.Today(default).AsTask());

    // As a server of before the rule could have stored it.
    Task PutBelowItself(Guid unit) =>
        town.Server.With<PeopleDb, Case>(db =>
            db.Move(
                UnitProcedure.Definition,
                unit,
                UnitProcedure.Transfer,
                new(new() { ["parent"] = unit.ToString(), ["effective"] = "2026-02-01" }),
                Actor.Server,
                town.Server.Clock.Moment(),
                default
            )
        );

    [Fact]
    public async Task A_new_speaker_is_enrolled_by_a_phone_in_nine_taps()
    {
        var code = await CodeOfANewSpeaker("LT-NEW-0002");
        // A commune in which nothing is played meanwhile.
        await using var technician = await town.Officer("phuoclong.kythuat", Visit.Phone);
        var (page, taps) = (technician.Page, 0);
        await page.GotoAsync("/speakers");
        await Tap(technician.Link("speakers.claim").First);
        await Tap(page.Locator("[name=code]"));
        await page.Locator("[name=code]").FillAsync(code);
        await Tap(technician.Button("claim.find"));
        await Expect(page.Locator("main")).ToContainTextAsync(Visit.Vi("claim.root.same"));
        await Tap(page.Locator("[name=q]"));
        await page.Locator("[name=q]").FillAsync("phuoc long");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**q=phuoc+long*");
        // The keyboard's own button; a list of choices opens by one tap and closes by another.
        taps += 3;
        var hamlets = page.Locator("[name=Unit]");
        await hamlets.SelectOptionAsync(new SelectOptionValue { Index = 1 });
        await Tap(page.Locator("form:has([name=Unit]) button[type=submit]"));
        await page.WaitForURLAsync("**/speakers/*-*");
        Assert.InRange(taps, 1, 9);

        async Task Tap(ILocator there)
        {
            taps++;
            await there.ClickAsync();
        }
    }

    async Task<string> CodeOfANewSpeaker(string serial = "LT-NEW-0001")
    {
        var key = SigningKey.Create();
        var nonce = Guid.CreateVersion7().ToString("n");
        var said = new Enrolment(
            serial,
            "Loa Thanh 4G",
            "1.0",
            2,
            key.Public.Jwk,
            TimeProvider.System.GetUtcNow(),
            AirProtocol.Newest,
            ClaimCheck.Seal(nonce)
        ).Sign(key);
        using var http = town.Server.Client();
        using var answer = await Post(http, "/air/enrolments", new EnrolmentRequest(said).ToBytes());
        Assert.True(EnrolmentOpened.TryRead(await answer.Content.ReadAsByteArrayAsync(), out var opened));
        using var open = await Post(http, $"/air/enrolments/{opened.Id}", new EnrolmentOpening(nonce).ToBytes());
        Assert.True(open.IsSuccessStatusCode);
        return $"{opened.Code}-{ClaimCheck.Signs(opened.Root.Thumbprint(), key.KeyId, opened.Code, nonce)}";
    }

    static Task<HttpResponseMessage> Post(HttpClient http, string path, byte[] body) =>
        http.PostAsync(path, new ByteArrayContent(body) { Headers = { ContentType = new("application/json") } });
}
