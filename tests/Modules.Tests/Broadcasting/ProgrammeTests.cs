using System.Net;
using System.Net.Http.Json;
using Loa.Contracts.Broadcasting;
using Loa.Contracts.Newsroom;
using Loa.Contracts.People;
using Loa.Devices;
using Loa.Kernel;

namespace Loa.Broadcasting;

/// <summary>A programme from its act to the speakers that are to play it.</summary>
[Collection(nameof(DeviceServer))]
public sealed class ProgrammeTests(DeviceServer server)
{
    static readonly CancellationToken Never = CancellationToken.None;
    static readonly TimeOnly At = new(5, 40);
    static readonly TimeSpan Gap = TimeSpan.FromSeconds(2);

    DateOnly Tomorrow => server.Running.Clock.Today().AddDays(1);

    [Fact]
    public async Task A_daily_programme_is_in_the_speakers_timetable_but_for_the_days_left_out_until_it_is_stopped()
    {
        using var leader = await server.Running.SignedIn("tinh.duyet");
        await using var speaker = await server.Connected();
        var unit = (await server.Find(speaker.Id)).UnitId;
        ReleasedBulletin[] items = [await server.Approved(30, unit), await server.Approved(30, unit)];
        var id = await Planned(leader, items, unit, leftOut: [Tomorrow.AddDays(1)]);
        Assert.Empty(await Entries(unit, days: 7));

        await Act(leader, id, "begin").Json();
        var told = await speaker.HearTimetable(atLeast: 2);
        Assert.Equal(
            Enumerable
                .Range(0, 9)
                .Where(day => day != 1)
                .SelectMany(day => Starts(Tomorrow.AddDays(day), At))
                .Where(start => start < told.To),
            told.Items.Select(item => item.Start)
        );
        Assert.All(told.Items, item => Assert.False(item.Now));
        Assert.Equal(items.Select(i => i.ReleaseDigest), told.Items.Take(2).Select(item => item.Release));
        // A week later the days after have come, and those that stood already are what they were.
        var later = await Entries(unit, days: 14);
        Assert.Equal(told.Items.Select(item => item.Id), later.Take(told.Items.Count).Select(entry => entry.Id));
        Assert.Equal(told.Items.Count + 2 * 7, later.Count);

        await Act(leader, id, "skip", new { day = Tomorrow }).Json();
        var skipped = await speaker.HearTimetable(atLeast: told.Version + 1);
        Assert.Equal(told.Items.Skip(2), skipped.Items);

        await Act(leader, id, "shift", new { day = Tomorrow, to = "05:50" }).Json();
        var moved = await speaker.HearTimetable(atLeast: skipped.Version + 1);
        Assert.Equal(Starts(Tomorrow, new(5, 50)), moved.Items.Take(2).Select(item => item.Start));
        Assert.Equal(told.Items.Select(item => item.Id), moved.Items.Select(item => item.Id));

        await Act(leader, id, "stop").Json();
        Assert.Empty((await speaker.HearTimetable(atLeast: moved.Version + 1)).Items);
        Assert.Empty(await Entries(unit, days: 7));
        await Act(leader, id, "skip", new { day = Tomorrow }).Refused("case.not-from-here");
    }

    [Fact]
    public async Task A_bulletin_taken_back_leaves_the_programme_with_the_reason_and_the_last_one_ends_it()
    {
        using var leader = await server.Running.SignedIn("tinh.duyet");
        var unit = (await server.Place()).UnitId;
        ReleasedBulletin[] items = [await server.Approved(30, unit), await server.Approved(3, unit)];
        var id = await Planned(leader, items, unit);
        await Act(leader, id, "begin").Json();
        // What may be heard for three days only is not told for the fourth.
        var all = await Entries(unit, days: 7);
        Assert.Equal(2, all.Count(e => e.Bulletin.BulletinId == items[1].BulletinId && e.Start < items[1].ValidTo));
        Assert.DoesNotContain(all, e => e.Bulletin.BulletinId == items[1].BulletinId && e.Start >= items[1].ValidTo);

        await Withdraw(leader, items[0]);
        var left = await Entries(unit, days: 7);
        Assert.Equal(
            all.Count(e => e.Bulletin.BulletinId == items[1].BulletinId),
            left.Count(e => e.Bulletin.BulletinId == items[1].BulletinId)
        );
        await Withdraw(leader, items[1]);
        Assert.Empty(await Entries(unit, days: 7));
        await Act(leader, id, "stop").Refused("case.not-from-here");
    }

    [Fact]
    public async Task A_policy_says_before_it_is_set_what_it_keeps_from_being_heard_and_does_so()
    {
        using var leader = await server.Running.SignedIn("tinh.duyet");
        await using var speaker = await server.Connected();
        var unit = (await server.Find(speaker.Id)).UnitId;
        var id = await Planned(leader, [await server.Approved(30, unit), await server.Approved(30, unit)], unit);
        await Act(leader, id, "begin").Json();
        var told = await speaker.HearTimetable(atLeast: 2);
        var quiet = new
        {
            quietDays = new[] { "1234567" },
            quietFrom = new[] { "05:00" },
            quietTo = new[] { "06:30" },
        };
        var soon = server.Running.Clock.Moment().AddDays(7);
        var days = Enumerable.Range(0, 9).Count(day => Starts(Tomorrow.AddDays(day), At)[0] < soon);

        using var asked = await leader.PostAsJsonAsync($"/airtime/{unit}/question", quiet);
        Assert.Contains(
            Words.Get("airtime.ask-gone", days),
            await asked.Content.ReadAsStringAsync(),
            StringComparison.Ordinal
        );
        Assert.NotEmpty(await Entries(unit, days: 7));
        await leader.PostAsJsonAsync($"/airtime/{unit}", quiet).Json();
        Assert.Empty((await speaker.HearTimetable(atLeast: told.Version + 1)).Items);
    }

    [Fact]
    public async Task A_programme_keeps_the_rules_of_an_order()
    {
        using var leader = await server.Running.SignedIn("tinh.duyet");
        using var commune = await server.Running.SignedIn("loctan.duyet");
        var (unit, elsewhere) = ((await server.Place()).UnitId, (await server.Place()).UnitId);
        var bulletin = await server.Approved(30, unit);
        var fits = Request([bulletin], unit);
        await Plan(leader, fits with { Items = [Guid.CreateVersion7()] }).Refused("broadcast.not-approved");
        await Plan(leader, fits with { Units = [elsewhere] }).Refused("programme.outside-release");
        await Plan(leader, fits with { Except = [elsewhere] }).Refused("programme.except-outside");
        await Plan(leader, fits with { Jingles = fits.Items }).Refused("programme.only-jingles");
        await Plan(leader, fits with { Until = Tomorrow.AddDays(-9), First = Tomorrow.AddDays(-19) })
            .Refused("programme.never");
        using var forbidden = await Plan(commune, fits);
        Assert.Equal(HttpStatusCode.Forbidden, forbidden.StatusCode);

        var sent = fits with { Id = Guid.CreateVersion7() };
        var once = (await Plan(leader, sent).Json(HttpStatusCode.Created)).GetProperty("id").GetGuid();
        Assert.Equal(once, (await Plan(leader, sent).Json(HttpStatusCode.Created)).GetProperty("id").GetGuid());
        // Of a draft nobody else is told.
        await Act(commune, once, "begin").Refused("missing.programme", HttpStatusCode.NotFound);
    }

    sealed record Asked(
        string Name,
        Guid[] Items,
        DateOnly First,
        TimeOnly At,
        Guid[] Units,
        string Repeat = "daily",
        DateOnly? Until = null,
        DateOnly[]? LeftOut = null,
        int Gap = 0,
        Guid[]? Jingles = null,
        Guid[]? Except = null,
        Guid? Id = null
    );

    Asked Request(ReleasedBulletin[] items, Guid unit, DateOnly[]? leftOut = null) =>
        new(
            "Bản tin buổi sáng",
            [.. items.Select(i => i.BulletinId)],
            Tomorrow,
            At,
            [unit],
            LeftOut: leftOut,
            Gap: (int)Gap.TotalSeconds
        );

    async Task<Guid> Planned(HttpClient who, ReleasedBulletin[] items, Guid unit, DateOnly[]? leftOut = null) =>
        (await Plan(who, Request(items, unit, leftOut)).Json(HttpStatusCode.Created)).GetProperty("id").GetGuid();

    static Task<HttpResponseMessage> Plan(HttpClient who, Asked asked) => who.PostAsJsonAsync("/programmes", asked);

    static Task<HttpResponseMessage> Act(HttpClient who, Guid id, string move, object? body = null) =>
        who.PostAsJsonAsync($"/programmes/{id}/{move}", body ?? new { });

    /// <summary>When the two bulletins of five seconds begin.</summary>
    static DateTimeOffset[] Starts(DateOnly day, TimeOnly at)
    {
        var first = VietnamTime.StartOf(day) + at.ToTimeSpan();
        return [first, first + TimeSpan.FromSeconds(5) + Gap];
    }

    async Task<IReadOnlyList<TimetableEntry>> Entries(Guid unit, int days)
    {
        var now = server.Running.Clock.Moment();
        var path = (await server.Running.With<IUnits, UnitTree>(async u => await u.Today(Never))).PathOf(unit);
        var entries = await server.Running.With<ITimetables, IReadOnlyDictionary<Guid, IReadOnlyList<TimetableEntry>>>(
            async t =>
                await t.For(
                    new Dictionary<Guid, IReadOnlyList<Guid>> { [Guid.Empty] = path },
                    now,
                    now.AddDays(days),
                    Never
                )
        );
        return entries[Guid.Empty];
    }

    async Task Withdraw(HttpClient who, ReleasedBulletin bulletin)
    {
        await who.PostAsJsonAsync($"/bulletins/{bulletin.BulletinId}/withdraw", new { comment = "Sai" }).Json();
        await RunningServer.Until(
            async () =>
                !(
                    await server.Running.With<Data.BroadcastingDb, IReadOnlyList<Programmes.Programme>>(db =>
                        Programmes.ProgrammeCases.ProgrammesWith(db, bulletin.BulletinId, Never)
                    )
                ).Any(),
            "no programme has it any more"
        );
    }
}
