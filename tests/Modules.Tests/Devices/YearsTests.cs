using System.Text.RegularExpressions;
using Loa.Air;
using Loa.Contracts.Devices;
using Loa.Contracts.People;
using Loa.Devices.Registry;
using Loa.Kernel;
using Loa.Playout.AsRun;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Loa.Devices;

/// <summary>Nothing an emergency waits for grows with the years: each way to what is asked is the way of the first day.</summary>
public sealed partial class YearsTests(DeviceServer server) : IClassFixture<DeviceServer>
{
    const int Speakers = 250;

    // Three years, one a day.
    const int Items = 1_100;
    static readonly CancellationToken Never = CancellationToken.None;

    [Fact]
    public async Task An_order_reads_nothing_of_what_was_played_in_three_years()
    {
        await using var speaker = await server.Connected();
        await server.Db(db => History.EnrolAll(db, Speakers));
        await server.Db(async db =>
        {
            await History.Write(db, 1, Items, server.Running.Clock.Moment());
            return 0;
        });
        Guid[] roots =
        [
            .. (await server.Running.With<IUnits, UnitTree>(async u => await u.Today(Never))).Roots.Select(r => r.Id),
        ];

        using var plans = new PlansSeen(
            await server.Db(db => Task.FromResult(db.Database.GetDbConnection().ConnectionString))
        );
        await Emergency(speaker, roots);
        await Judge(plans);

        // And when the database knows how much there is: then it might think of another way.
        plans.Forget();
        await server.Db(db => db.Database.ExecuteSqlRawAsync("ANALYZE"));
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        await Emergency(speaker, roots);
        await Judge(plans);
    }

    async Task Emergency(BenchSpeaker speaker, Guid[] roots)
    {
        var plays = server.Running.Services.GetRequiredService<IPlays>();
        var air = await server.Air(roots);
        var told = await speaker.HearTimetable();
        while (told.Items.All(i => i.Broadcast != air.Broadcast))
            told = await speaker.HearTimetable();
        var item = told.Items.First(i => i.Broadcast == air.Broadcast).Id;
        await RunningServer.Until(
            async () => (await plays.Tally(air.Broadcast, Never)).Total == Speakers + 1,
            "all are told"
        );
        await speaker.Say(
            AirTopic.OutProgress,
            new ProgressMessage(server.Running.Clock.Moment(), [new(item, ItemProgress.Playing)]).ToBytes()
        );
        await RunningServer.Until(
            async () => (await plays.Tally(air.Broadcast, Never)).At(PlayStage.Playing) == 1,
            "it says that it plays"
        );
        await server.StopAir(air, roots);
        await RunningServer.Until(
            async () => (await plays.Tally(air.Broadcast, Never)).At(PlayStage.Stopped) == Speakers + 1,
            "it is stopped everywhere"
        );
        await server.Running.Services.GetRequiredService<CloseSilentPlays>().Close(Never);
        // The look for commands that wait comes by itself.
        speaker.Break();
        await speaker.Connect();
        await speaker.State(timetable: told.Version);
        await RunningServer.Until(
            async () =>
                await server.Db(db => db.Speakers.AnyAsync(s => s.Id == speaker.Id && s.Presence == Presence.Online)),
            "it is back"
        );
    }

    static async Task Judge(PlansSeen plans)
    {
        Assert.NotEmpty(plans.About("Plays"));
        await RunningServer.Until(
            () => Task.FromResult(plans.About("Commands").Any()),
            "what waits for it is looked for"
        );
        var seen = plans.About("Plays", "Records", "Commands", "Logs", "Signals").ToList();
        foreach (var (sql, steps) in seen)
        foreach (var step in steps)
            Assert.False(Grows().IsMatch(step), $"{step}\nin\n{string.Join('\n', steps)}\nof\n{sql}");
    }

    // Whole tables, and all that one speaker ever did. What is open, and what is found by its whole key, does not grow.
    [GeneratedRegex(
        """
            Seq\ Scan\ on\ "(Plays|Records|Commands|Logs|Signals)"
            |IX_(Plays|Records|Commands)_Last
            |^SCAN\ [prcl](?!.*_(Open|Due))
            |Plays_1\ \(SpeakerId=\?\)
            """,
        RegexOptions.IgnorePatternWhitespace | RegexOptions.ExplicitCapture
    )]
    private static partial Regex Grows();
}
