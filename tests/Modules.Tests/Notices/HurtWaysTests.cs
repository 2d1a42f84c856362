using System.Net.Http.Json;
using Loa.Contracts.Notices;
using Loa.Kernel;
using Loa.Notices.Data;
using Loa.Notices.Delivery;
using Loa.Notices.Raised;
using Loa.People;
using Microsoft.EntityFrameworkCore;

namespace Loa.Notices;

/// <summary>What hurts a way out hurts no other, loses nothing, tells nothing twice, and holds up no emergency.</summary>
public sealed class HurtWaysTests(ProvinceWithWays province) : IClassFixture<ProvinceWithWays>
{
    const int Flood = 10_000;

    static readonly TimeSpan Bar = TimeSpan.FromSeconds(10);

    RunningServer server => province.Server;

    [Fact]
    public async Task A_mail_server_that_says_nothing_holds_up_no_browser_and_gets_each_letter_once()
    {
        using var browser = new SomeBrowser();
        var leader = await province.Leader(new { mail = Address(), told = Told });
        await leader.Client.PostAsJsonAsync("/notices/push", browser.Subscription(province.Outside)).Json();
        province.Mail.Hangs = true;
        var title = $"Lịch cắt điện {Guid.CreateVersion7():N}";
        var clock = System.Diagnostics.Stopwatch.StartNew();
        await Hear(await News(title));
        await RunningServer.Until(
            () => Task.FromResult(province.Outside.Taken.Any(t => t.Path == browser.Path)),
            "the browser shows it"
        );
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, Bar);
        await RunningServer.Until(() => Task.FromResult(province.Mail.Hung > 1), "it is tried again and again");
        province.Mail.Hangs = false;
        await RunningServer.Until(() => AllSent(title), "each letter is known as sent");
        Assert.True(await Sent(leader));
        Assert.Equal(
            await server.With<NoticesDb, int>(db => MailsOf(db, title).CountAsync()),
            province.To(title).Length
        );
    }

    [Fact]
    public async Task Ten_thousand_that_wait_are_a_few_letters_and_an_emergency_overtakes_them()
    {
        var flooded = await province.Leader(new { mail = Address(), told = Told });
        var other = await province.Leader(new { mail = Address(), told = Told });
        await Fill(flooded);
        var title = $"Xả lũ {Guid.CreateVersion7():N}";
        var clock = System.Diagnostics.Stopwatch.StartNew();
        await Hear((await News(title)) with { Urgent = true });
        await RunningServer.Until(() => Sent(other, title), "the other is told");
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, Bar);
        await RunningServer.Until(() => Sent(flooded), "all that waited is told");
        TestContext.Current.TestOutputHelper?.WriteLine($"{Flood} in {clock.Elapsed}");
        var letters = province.Mail.Letters.Count(l => l.Contains("/notices?show=unread", StringComparison.Ordinal));
        Assert.InRange(letters, 1, Flood / 1_000);
    }

    static readonly string[] Told = ["bulletin-submitted:mail", "bulletin-submitted:push"];

    // As many as came while the mail server was away.
    async Task Fill(SomeOfficer officer)
    {
        var unit = await server.UnitOf("loctan.bientap");
        var now = server.Clock.Moment();
        await server.With<NoticesDb, bool>(db =>
            db.Atomically(async () =>
            {
                var notices = Enumerable
                    .Range(0, Flood)
                    .Select(n => new Notice
                    {
                        Key = Guid.CreateVersion7(),
                        Kind = "bulletin-submitted",
                        About = Guid.CreateVersion7(),
                        UnitId = unit,
                        Link = "/bulletins",
                        Title = $"Tin {n}",
                        Detail = "",
                        By = "",
                        ByOfficer = null,
                        OnlyFor = null,
                        Urgent = false,
                        AtUnitOnly = false,
                        At = now,
                    })
                    .ToList();
                db.AddRange(notices);
                await db.SaveChangesAsync();
                db.AddRange(
                    notices.Select(n => new NoticeDelivery
                    {
                        NoticeId = n.Id,
                        OfficerId = officer.Id,
                        Way = "mail",
                        DueAt = now,
                    })
                );
                return true;
            })
        );
    }

    async Task<NoticeRaised> News(string title) =>
        new(
            "bulletin-submitted",
            Guid.CreateVersion7(),
            await server.UnitOf("loctan.bientap"),
            "/bulletins",
            title,
            server.Clock.Moment()
        );

    Task<bool> Hear(NoticeRaised news) =>
        server.With<KeepNotice, bool>(async keep =>
        {
            await keep.Hear(news, Guid.CreateVersion7(), CancellationToken.None);
            return true;
        });

    Task<bool> Sent(SomeOfficer officer, string title = "") =>
        server.With<NoticesDb, bool>(async db =>
        {
            var his = db.Deliveries.Where(d =>
                d.OfficerId == officer.Id && d.Way == "mail" && d.Notice.Title.Contains(title)
            );
            return await his.AnyAsync() && !await his.AnyAsync(d => d.DoneAt == null);
        });

    // Officers of the other test may want it too.
    Task<bool> AllSent(string title) =>
        server.With<NoticesDb, bool>(async db => !await MailsOf(db, title).AnyAsync(d => d.DoneAt == null));

    static IQueryable<NoticeDelivery> MailsOf(NoticesDb db, string title) =>
        db.Deliveries.Where(d => d.Way == "mail" && d.Notice.Title == title);

    static string Address() => $"thu.{Guid.CreateVersion7():N}@tinh.example";
}
