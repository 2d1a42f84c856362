using System.Diagnostics;
using System.Text;
using Loa.Air;
using Loa.Contracts.People;
using Loa.Devices.Data;
using Loa.Devices.Health;
using Loa.Devices.Registry;
using Loa.Gateway;
using Loa.Kernel;
using Loa.Mqtt;
using Loa.Mqtt.Server;
using Loa.Vietnamese;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static System.FormattableString;

namespace Loa.Devices;

/// <summary>
/// A hundred thousand speakers on one node, each telling how it fares once a minute. Takes minutes, so it runs when asked for:
/// <c>Loa.Modules.Tests -explicit only -class Loa.Devices.HealthLoadTests</c> (with LOA_TEST_POSTGRES for PostgreSQL).
/// </summary>
public sealed class HealthLoadTests : IAsyncLifetime
{
    const int Speakers = 100_000;
    const int PerSecond = 1_667;
    static readonly TimeSpan Run = TimeSpan.FromSeconds(90);

    readonly RunningServer server = new();
    readonly Random random = new(1);
    Guid[] ids = [];

    public ValueTask InitializeAsync() => server.InitializeAsync();

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Fact(Explicit = true)]
    public async Task A_hundred_thousand_speakers_tell_how_they_fare_each_minute()
    {
        await Register();
        foreach (var id in ids)
            await Tell(id, All(mains: true));
        await Settle();

        var (cpu, written, signals) = (
            Process.GetCurrentProcess().TotalProcessorTime,
            await Written(),
            await Signals()
        );
        using var over = new CancellationTokenSource(Run);
        var watching = Watch(over.Token);
        var (told, took) = await Drive(over.Token);
        var seen = await watching;
        var used = Process.GetCurrentProcess().TotalProcessorTime - cpu;
        await Settle();

        seen.Sort();
        var hourly = (await Written() - written) / took.TotalHours / 1e6;
        Say(
            $"{told} reports in {took.TotalSeconds:0} s ({told / took.TotalSeconds:0}/s), {await Signals() - signals} signals"
        );
        Say($"visible p50 {At(seen, 0.5):0} ms, p99 {At(seen, 0.99):0} ms of {seen.Count} samples (limit 1000)");
        Say($"CPU {used.TotalSeconds / took.TotalSeconds * 100:0} % of one core, {hourly:0} MB written an hour");
        await MeasureHour();
        var slowest = await MeasurePages();

        Assert.True(told / took.TotalSeconds >= PerSecond * 0.99, "the reports were not all taken in time");
        Assert.InRange(At(seen, 0.99), 0, 1_000);
        Assert.InRange(slowest, 0, 200);
    }

    async Task<(int Told, TimeSpan Took)> Drive(CancellationToken over)
    {
        var (started, told) = (Stopwatch.GetTimestamp(), 0);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!over.IsCancellationRequested)
        {
            var due = (int)(Stopwatch.GetElapsedTime(started).TotalSeconds * PerSecond);
            for (; told < due; told++)
                await Tell(ids[told % Speakers], Change());
            await timer.WaitForNextTickAsync(CancellationToken.None);
        }
        return (told, Stopwatch.GetElapsedTime(started));
    }

    /// <summary>Cuts the mains of one speaker after the other and looks how long the list takes to show it.</summary>
    async Task<List<double>> Watch(CancellationToken over)
    {
        var seen = new List<double>();
        using var look = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        for (var i = 0; !over.IsCancellationRequested; i++)
        {
            var id = ids[^(1 + (i * 7))];
            var started = Stopwatch.GetTimestamp();
            await Tell(id, new(server.Clock.Moment(), Mains: false, Battery: 15));
            while (!await IsShown(id))
                await look.WaitForNextTickAsync(CancellationToken.None);
            seen.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }
        return seen;
    }

    Task<bool> IsShown(Guid id) =>
        server.With<DevicesDb, bool>(db =>
            db.Speakers.Where(SpeakerFilter.Kinds["on-battery"]).AnyAsync(s => s.Id == id)
        );

    // As in the field: mostly nothing, the radio often, the temperature now and then, the mains of few.
    HealthMessage Change() =>
        new(
            server.Clock.Moment(),
            Mains: random.Next(500) == 0 ? random.Next(2) == 0 : null,
            Amplifier: random.Next(500) == 0 ? random.Next(2) == 0 : null,
            Battery: random.Next(50) == 0 ? random.Next(20, 100) : null,
            Temperature: random.Next(10) == 0 ? random.Next(28, 60) : null,
            Signal: random.Next(2) == 0 ? -random.Next(60, 110) : null,
            ClockOffset: random.Next(5) == 0 ? TimeSpan.FromMilliseconds(random.Next(-30, 30)) : null
        );

    HealthMessage All(bool mains) =>
        new(
            server.Clock.Moment(),
            true,
            mains,
            80,
            40,
            -80,
            LinkKind.Mobile3g,
            TimeSpan.FromMilliseconds(3),
            4L << 30,
            SoundState.Good,
            false,
            [70, 70]
        );

    ValueTask Tell(Guid id, HealthMessage health) =>
        server
            .Services.GetRequiredService<SpeakerMqttHandler>()
            .Receive(
                id.ToString(),
                new ReceivedMessage
                {
                    TopicUtf8 = Encoding.ASCII.GetBytes(Topics.Of(id, AirTopic.OutHealth)),
                    Payload = health.ToBytes(),
                },
                CancellationToken.None
            );

    async Task MeasureHour()
    {
        var (written, started) = (await Written(), Stopwatch.GetTimestamp());
        server.Services.GetRequiredService<LatestHealth>().CloseHours(server.Clock.Moment().AddHours(1));
        await Settle();
        Say(
            $"an hour of all numbers: {Stopwatch.GetElapsedTime(started).TotalSeconds:0} s at its pace, {(await Written() - written) / 1e6:0} MB written"
        );
    }

    async Task<double> MeasurePages()
    {
        using var client = await server.SignedIn("tinh.kythuat");
        var slowest = 0.0;
        foreach (
            var page in (string[])
                [
                    "",
                    "?q=loc%20tan",
                    "?q=cum%20loa%20ap%201",
                    "?q=thu-0999",
                    "?show=on-battery",
                    "?page=3000",
                    "?q=a&page=900",
                ]
        )
        {
            var best = double.MaxValue;
            for (var i = 0; i < 4; i++)
                best = Math.Min(best, await SpeedTests.Time(client, "/speakers" + page));
            Say($"/speakers{page}: {best:0} ms (limit 200)");
            slowest = Math.Max(slowest, best);
        }
        return slowest;
    }

    Task Settle() =>
        RunningServer.Until(
            () => Task.FromResult(server.Services.GetRequiredService<KeepHealth>().IsIdle),
            "all is stored",
            600
        );

    Task<int> Signals() => server.With<DevicesDb, int>(db => db.Signals.CountAsync());

    Task<double> Written() =>
        server.With<DevicesDb, double>(async db =>
            db.Database.IsSqlite()
                ? double.Parse(
                    File.ReadLines("/proc/self/io").First(l => l.StartsWith("write_bytes", StringComparison.Ordinal))[
                        13..
                    ],
                    System.Globalization.CultureInfo.InvariantCulture
                )
                : await db
                    .Database.SqlQuery<double>(
                        $"SELECT (pg_current_wal_lsn() - '0/0'::pg_lsn)::double precision AS \"Value\""
                    )
                    .SingleAsync()
        );

    async Task Register()
    {
        var tree = await server.With<IUnits, UnitTree>(async u => await u.Today(CancellationToken.None));
        var hamlets = tree.All.Where(u => !tree.ChildrenOf(u.Id).Any()).ToArray();
        ids = [.. Enumerable.Range(0, Speakers).Select(_ => Guid.CreateVersion7())];
        foreach (var some in ids.Index().Chunk(5_000))
            await server.With<DevicesDb, int>(db =>
            {
                db.AddRange(some.Select(s => Registered(s.Item, s.Index, hamlets[s.Index % hamlets.Length], tree)));
                return db.SaveChangesAsync();
            });
    }

    static Speaker Registered(Guid id, int number, Unit hamlet, UnitTree tree)
    {
        var (name, serial) = (Invariant($"Cụm loa {hamlet.Name} {number}"), Invariant($"THU-{number:000000}"));
        return new()
        {
            Id = id,
            Name = name,
            Serial = serial,
            Search = Folding.Fold($"{name} {serial} {tree.PlaceOf(hamlet.Id)}"),
            Vendor = SpeakerProcedure.Own,
            Model = "Bench 1",
            Horns = 2,
            UnitId = hamlet.Id,
            State = SpeakerStates.Enrolled,
            Presence = Presence.Online,
            Kid = id.ToString(),
        };
    }

    static double At(List<double> sorted, double share) =>
        sorted[(int)Math.Min(sorted.Count - 1, sorted.Count * share)];

    static void Say(FormattableString text) => Console.WriteLine("measured: " + Invariant(text));
}
