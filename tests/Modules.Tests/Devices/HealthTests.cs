using System.Text.Json;
using Loa.Air;
using Loa.Contracts.Retention;
using Loa.Devices.Health;
using Loa.Kernel;
using Loa.Ui;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Loa.Devices;

[Collection(nameof(DeviceServer))]
public sealed class HealthTests(DeviceServer server)
{
    [Fact]
    public async Task What_a_speaker_tells_is_folded_shown_and_found_in_the_lists()
    {
        await using var speaker = await server.Connected();
        await Tell(
            speaker,
            new(Now, Amplifier: true, Mains: true, Battery: 90, Temperature: 41, Link: LinkKind.Mobile3g)
        );
        await Tell(speaker, new(Now, Mains: false));
        await Tell(speaker, new(Now));
        await Changes(speaker, 2);

        var fares = await Shown(speaker);
        Assert.Equal("90 %", Stand(fares, "Battery").GetProperty("value").GetString());
        Assert.Equal(
            HealthFacts.StateOf(SignalKind.Mains, "lost"),
            Stand(fares, "Mains").GetProperty("state").GetString()
        );
        Assert.Equal(
            HealthFacts.StateOf(SignalKind.Link, "mobile3g"),
            Stand(fares, "Link").GetProperty("state").GetString()
        );
        Assert.True(await IsListed(speaker, "on-battery"));
        Assert.False(await IsListed(speaker, "silent"));
        var page = await server.Technician.GetStringAsync($"/speakers/{speaker.Id}/health?range=7d");
        Assert.Contains(Words.Get("signal.Mains.lost"), page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_list_and_file_agree_on_when_it_was_last_heard_of()
    {
        await using var speaker = await server.Connected();
        await Tell(speaker, new(Now, Mains: false));
        await Changes(speaker, 2);

        var told = server.Running.Services.GetRequiredService<LatestHealth>().Find(speaker.Id)!.At;
        var shown = await server.Technician.GetAsync($"/api/speakers/{speaker.Id}").Json();
        Assert.Equal(told, shown.GetProperty("lastSeen").GetDateTimeOffset());
        var listed = await server.Technician.GetAsync($"/api/speakers?q={speaker.Serial}").Json();
        Assert.Equal(told, listed.GetProperty("speakers")[0].GetProperty("lastSeen").GetDateTimeOffset());
        var file = await server.Technician.GetStringAsync($"/speakers.csv?q={speaker.Serial}");
        Assert.Contains(told.Shown(Precision.Second), file, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_change_is_stored_once_with_what_was_before()
    {
        await using var speaker = await server.Connected();
        await Tell(speaker, new(Now, Mains: true));
        await Tell(speaker, new(Now, Mains: true));
        await Tell(speaker, new(Now, Mains: false));
        await Tell(speaker, new(Now, Mains: true));
        await Changes(speaker, 3);

        var mains = (await Signals(speaker)).Where(s => s.Kind == SignalKind.Mains).Select(s => (s.From, s.To));
        Assert.Equal([("on", "lost"), ("lost", "on")], mains);
    }

    [Fact]
    public async Task A_number_on_the_edge_raises_one_signal()
    {
        await using var speaker = await server.Connected();
        foreach (var battery in (int[])[40, 25, 26, 25, 30, 24, 34, 35])
            await Tell(speaker, new(Now, Battery: battery));
        await Changes(speaker, 3);

        var stored = (await Signals(speaker)).Where(s => s.Kind == SignalKind.Battery);
        Assert.Equal([("low", (int?)25), ("good", 35)], stored.Select(s => (s.To!, s.Number)));
    }

    [Fact]
    public async Task A_speaker_that_flaps_does_not_fill_the_database()
    {
        await using var speaker = await server.Connected();
        for (var i = 0; i < 100; i++)
            await Tell(speaker, new(Now, Mains: i % 2 == 0));
        await speaker.State(volume: 42);
        await RunningServer.Until(async () => (await server.Find(speaker.Id)).Volume == 42, "the state was stored");
        await server.Running.Services.GetRequiredService<KeepHealth>().StoreChanges(CancellationToken.None);
        // The server's own turn may hold some that it has not stored yet.
        await Changes(speaker, 2);

        Assert.InRange((await Signals(speaker)).Count, 2, 25);
    }

    [Fact]
    public async Task Coming_back_is_no_change_and_what_it_cannot_measure_any_more_is_unknown()
    {
        await using var speaker = await server.Connected();
        await Tell(speaker, new(Now, Mains: false, Battery: 80));
        await Changes(speaker, 2);
        await speaker.Connect();
        await Tell(speaker, new(Now, Mains: false, Battery: 80));
        await speaker.Connect();
        await Tell(speaker, new(Now, Battery: 80));
        await RunningServer.Until(
            async () => (await Signals(speaker)).Any(s => s.Kind == SignalKind.Mains && s.To is null),
            "the mains are unknown"
        );

        var mains = (await Signals(speaker)).Where(s => s.Kind == SignalKind.Mains).Select(s => (s.From, s.To));
        Assert.Equal([(null, "lost"), ("lost", null)], mains);
        await RunningServer.Until(async () => !await IsListed(speaker, "on-battery"), "the list knows");
    }

    [Fact]
    public async Task Coming_and_going_are_signals_too()
    {
        await using var speaker = await server.Connected();
        speaker.Break();
        await Changes(speaker, 2);

        Assert.Equal([(null, "online"), ("online", "offline")], (await Signals(speaker)).Select(s => (s.From, s.To)));
    }

    [Fact]
    public async Task What_was_known_is_known_after_a_restart_and_is_not_told_as_new()
    {
        await using var speaker = await server.Connected();
        await Tell(speaker, new(Now, Mains: false, Temperature: 40));
        await Changes(speaker, 2);
        await server.Restart();

        var fares = await Shown(speaker);
        Assert.Equal(
            HealthFacts.StateOf(SignalKind.Mains, "lost"),
            Stand(fares, "Mains").GetProperty("state").GetString()
        );
        Assert.Equal(2, (await Signals(speaker)).Count);
        var day = await server.Db(db => db.HealthDays.AsNoTracking().SingleAsync(d => d.SpeakerId == speaker.Id));
        Assert.Contains(Enumerable.Range(0, 96), i => day.Series[Metric.Temperature, i] is { Mean: 40 });
    }

    [Fact]
    public async Task Old_days_are_kept_in_hours_and_very_old_ones_not_at_all()
    {
        var place = await server.Place();
        var today = server.Running.Clock.Today();
        var quarters = DaySeries.Empty(DaySeries.Quarters);
        quarters[Metric.Temperature, 4] = new(30, 31, 33);
        quarters[Metric.Temperature, 7] = new(20, 25, 26);
        await server.Db(async db =>
        {
            foreach (var age in (int[])[AgeHealth.FineDays + 1, AgeHealth.CoarseDays + 1])
                db.Add(
                    new HealthDay
                    {
                        SpeakerId = place.Id,
                        Day = today.AddDays(-age),
                        Data = quarters.Pack(),
                    }
                );
            return await db.SaveChangesAsync();
        });
        var age = server.Running.Services.GetRequiredService<AgeHealth>();
        await age.Coarsen(CancellationToken.None);
        var days = server.Running.Services.GetServices<IKeptKind>().Single(k => k.Name == "health");
        var old = server.Running.Clock.GetUtcNow().AddDays(-days.Usual.Days);
        Assert.NotEqual(0, await days.Age(OldAge.Delete, old, CancellationToken.None).SumAsync());

        var left = await server.Db(db => db.HealthDays.AsNoTracking().SingleAsync(d => d.SpeakerId == place.Id));
        Assert.Equal((DaySeries.Hours, new MetricSlot(20, 28, 33)), (left.Slots, left.Series[Metric.Temperature, 1]));
    }

    [Fact]
    public void A_packed_day_is_what_it_was()
    {
        var (random, day) = (new Random(7), DaySeries.Empty(DaySeries.Quarters));
        foreach (var metric in Metrics.All.Take(4))
            for (var i = 0; i < DaySeries.Quarters; i++)
                if (random.Next(5) > 0 && (short)random.Next(-30_000, 30_000) is var mean)
                    day[metric, i] = new((short)(mean - random.Next(3)), mean, (short)(mean + random.Next(3)));
        var again = DaySeries.Unpack(DaySeries.Quarters, day.Pack());

        foreach (var metric in Metrics.All)
            for (var i = 0; i < DaySeries.Quarters; i++)
                Assert.Equal(day[metric, i], again[metric, i]);
    }

    [Fact]
    public async Task The_history_is_given_out_as_a_file_and_to_nobody_who_may_not_see_the_speaker()
    {
        await using var speaker = await server.Connected();
        await Tell(speaker, new(Now, Mains: false));
        await Changes(speaker, 2);
        var stranger = await server.Running.SignedIn("loctan.kythuat");
        var file = await server.Technician.GetStringAsync($"/speakers/{speaker.Id}/health.csv?range=24h");

        Assert.Contains(Words.Get("signal.Mains.lost"), file, StringComparison.Ordinal);
        await stranger
            .GetAsync($"/api/speakers/{speaker.Id}/health")
            .Refused("missing.speaker", System.Net.HttpStatusCode.NotFound);
    }

    DateTimeOffset Now => server.Running.Clock.Moment();

    static Task Tell(BenchSpeaker speaker, HealthMessage health) => speaker.Say(AirTopic.OutHealth, health.Told());

    Task<List<Signal>> Signals(BenchSpeaker speaker) =>
        server.Db(db =>
            db.Signals.AsNoTracking().Where(s => s.SpeakerId == speaker.Id).OrderBy(s => s.Position).ToListAsync()
        );

    /// <summary>Waits until so many changes, its coming included, are stored.</summary>
    async Task Changes(BenchSpeaker speaker, int count) =>
        await RunningServer.Until(async () => (await Signals(speaker)).Count >= count, $"{count} changes stored");

    async Task<JsonElement> Shown(BenchSpeaker speaker) =>
        await server.Technician.GetAsync($"/api/speakers/{speaker.Id}/health").Json();

    static JsonElement Stand(JsonElement fares, string kind) => fares.GetProperty("stands").GetProperty(kind);

    async Task<bool> IsListed(BenchSpeaker speaker, string show)
    {
        var list = await server.Technician.GetAsync($"/api/speakers?show={show}&q={speaker.Serial}").Json();
        return list.GetProperty("speakers").EnumerateArray().Any(s => s.GetProperty("id").GetGuid() == speaker.Id);
    }
}
