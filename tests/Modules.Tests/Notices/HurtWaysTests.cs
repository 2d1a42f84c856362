using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using Loa.Contracts.Notices;
using Loa.Kernel;
using Loa.Notices.Data;
using Loa.Notices.Delivery;
using Loa.Notices.Raised;
using Loa.People;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

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
        await Fill(flooded, Flood, "mail");
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

    [Fact]
    public async Task A_letter_that_went_out_while_the_disk_was_full_does_not_go_out_again()
    {
        var way = new SomeWay();
        await Fill(await province.Leader(new { told = Told }), 1, way.Name);
        var sender = Sender(way);
        await server.With<NoticesDb, int>(db => db.Database.ExecuteSqlRawAsync(Full(server.IsPostgres, way.Name)));
        // Known as sent it is not, and so it is looked at again.
        for (var round = 0; round < 3; round++)
            await Assert.ThrowsAnyAsync<Exception>(() => sender.SendDue(CancellationToken.None));
        Assert.Equal(1, way.Sent);

        await server.With<NoticesDb, int>(db => db.Database.ExecuteSqlRawAsync(HasRoom(server.IsPostgres)));
        await sender.SendDue(CancellationToken.None);
        Assert.Equal((1, 0), (way.Sent, await Open(way)));
    }

    [Fact]
    public async Task Of_a_server_that_was_killed_while_it_sent_no_letter_is_lost_and_none_that_it_knew_as_sent_goes_twice()
    {
        var way = new SomeWay { Takes = 1 };
        foreach (var _ in Enumerable.Range(0, 2))
            await Fill(await province.Leader(new { told = Told }), 1, way.Name);
        await Assert.ThrowsAsync<IOException>(() => Sender(way).SendDue(CancellationToken.None));
        Assert.Equal((1, 1), (way.Sent, await Open(way)));

        way.Takes = int.MaxValue;
        var started = Sender(way);
        await started.SendDue(CancellationToken.None);
        await started.SendDue(CancellationToken.None);
        Assert.Equal((2, 0), (way.Sent, await Open(way)));
    }

    [Fact]
    public async Task A_clock_that_jumps_a_year_ahead_and_back_loses_no_letter()
    {
        var way = new SomeWay { Why = "not now" };
        await Fill(await province.Leader(new { told = Told }), 1, way.Name);
        await Sender(way, TimeSpan.FromDays(365)).SendDue(CancellationToken.None);
        Assert.Equal(1, await Open(way));

        way.Why = null;
        await Sender(way).SendDue(CancellationToken.None);
        Assert.Equal(0, await Open(way));
    }

    /// <summary>A way that takes as many letters as it is told, and then is gone.</summary>
    sealed class SomeWay : IWay
    {
        public string Name { get; } = $"try-{Guid.CreateVersion7():N}";

        public bool IsOffered => true;

        public int Takes { get; set; } = int.MaxValue;

        public string? Why { get; set; }

        public int Sent { get; private set; }

        public bool Reaches(NoticeChoice choice) => true;

        public async IAsyncEnumerable<SendOutcome> Send(
            IReadOnlyList<NoticeLetter> letters,
            [EnumeratorCancellation] CancellationToken cancel
        )
        {
            foreach (var _ in letters)
            {
                await Task.Yield();
                if (Sent == Takes)
                    throw new IOException("The line broke.");
                Sent += Why is null ? 1 : 0;
                yield return Why is { } why ? SendOutcome.Later(why) : SendOutcome.Done;
            }
        }
    }

    SendNotices Sender(SomeWay way, TimeSpan ahead = default)
    {
        var clock = new FakeTimeProvider(server.Clock.GetUtcNow() + ahead);
        var services = server.Services;
        return new(
            way,
            services.GetRequiredService<IServiceScopeFactory>(),
            clock,
            services.GetRequiredService<BackgroundWork<SendNotices>>()
        );
    }

    Task<int> Open(SomeWay way) =>
        server.With<NoticesDb, int>(db => db.Deliveries.CountAsync(d => d.Way == way.Name && d.DoneAt == null));

    static string Full(bool isPostgres, string way) =>
        isPostgres
            ? $"""
                CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'No room'; END $$;
                CREATE TRIGGER no_room BEFORE UPDATE ON "Deliveries" FOR EACH ROW WHEN (NEW."Way" = '{way}') EXECUTE FUNCTION no_room()
                """
            : $"""
                CREATE TRIGGER no_room BEFORE UPDATE ON "Deliveries" WHEN NEW."Way" = '{way}' BEGIN SELECT RAISE(ABORT, 'No room'); END
                """;

    static string HasRoom(bool isPostgres) =>
        isPostgres ? "DROP TRIGGER no_room ON \"Deliveries\"; DROP FUNCTION no_room()" : "DROP TRIGGER no_room";

    static readonly string[] Told = ["bulletin-submitted:mail", "bulletin-submitted:push"];

    // As many as came while the mail server was away.
    async Task Fill(SomeOfficer officer, int count, string way)
    {
        var unit = await server.UnitOf("loctan.bientap");
        var now = server.Clock.Moment();
        await server.With<NoticesDb, bool>(db =>
            db.Atomically(async () =>
            {
                var notices = Enumerable
                    .Range(0, count)
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
                        Way = way,
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
