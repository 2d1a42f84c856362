using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Runtime;
using Loa.Bench.Load;
using Loa.Bench.Peers;
using Loa.Bench.Runs;
using Loa.Devices;
using Loa.Devices.Data;
using Loa.Devices.Enrolments;
using Loa.Devices.Registry;
using Loa.Kernel;
using Loa.Playout.AsRun;
using Loa.Playout.Data;
using Loa.Playout.Timetables;
using Loa.Server.Start;
using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Loa.Bench.UnderTest;

/// <summary>
/// The real server with the demo province, in a process of its own, on SQLite in a folder of its own. It takes orders that a
/// show needs and no operator has: speakers with keys of the load side's making, and counts out of its own database.
/// </summary>
public sealed class ServerProcess : IAsyncDisposable
{
    public const string Verb = "server-under-test";

    const int Patience = 90;

    static readonly TimeSpan look = TimeSpan.FromMilliseconds(50);

    readonly string folder = Directory.CreateTempSubdirectory("loa-bench-").FullName;
    readonly WebApplication app;
    readonly MeterListener listening = new();
    long faults;
    EmergencyOrders? orders;
    ProvinceInBulk? province;

    ServerProcess(int mqtt, int http, string[] more)
    {
        app = LoaServer.Build([
            $"--Data={folder}",
            $"--Port={http}",
            $"--Mqtt:Port={mqtt}",
            "--Mqtt:MaximumConnections=19000",
            "--Demo=true",
            "--Enrolment:PerMinute=100000",
            "--Logging:LogLevel:Default=Error",
            "--Logging:Console:LogToStandardErrorThreshold=Trace",
            .. more,
        ]);
        listening.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name == "mqtt.host.failures")
                listener.EnableMeasurementEvents(instrument);
        };
        listening.SetMeasurementEventCallback<long>((_, more, _, _) => Interlocked.Add(ref faults, more));
        listening.Start();
    }

    /// <summary>Runs as the child process.</summary>
    public static async Task<int> Run(string[] more)
    {
        OpenFiles.Need(19_500);
        var (mqtt, http) = (Peer.FreePort(), Peer.FreePort());
        await using var server = new ServerProcess(mqtt, http, more);
        await server.app.Open(CancellationToken.None);
        Console.WriteLine($"{mqtt} {http} {server.folder}");
        return await Child.Obey(server.CarryOut);
    }

    public static async Task<ServerUnderTest> Start(params string[] more)
    {
        // As apps/Server is run: its project asks for the collector of servers, and for no tiers.
        var start = new ProcessStartInfo(Environment.ProcessPath!, [Verb, .. more]);
        start.Environment["DOTNET_gcServer"] = "1";
        start.Environment.TryAdd("DOTNET_TieredCompilation", "0");
        var child = Child.Start(start);
        var words = (await child.Answer("ports")).Split(' ');
        return new ServerUnderTest(
            child,
            int.Parse(words[0], CultureInfo.InvariantCulture),
            int.Parse(words[1], CultureInfo.InvariantCulture),
            words[2]
        );
    }

    /// <summary>The same; its speakers come by TLS.</summary>
    public static async Task<ServerUnderTest> StartWithTls()
    {
        var file = Path.GetTempFileName();
        OwnCertificate.Write(file);
        var port = Peer.FreePort();
        var server = await Start($"--Mqtt:TlsCertificate={file}", $"--Mqtt:TlsPort={port}");
        return server with { Mqtt = port, Certificate = file };
    }

    public async ValueTask DisposeAsync()
    {
        listening.Dispose();
        await app.StopAsync();
        await app.DisposeAsync();
        SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }

    Task<string> CarryOut(string[] order) =>
        order[0] switch
        {
            "enrol" => Enrol(order[1]),
            "online" => Until(
                int.Parse(order[1], CultureInfo.InvariantCulture),
                (DevicesDb db) => Online(db),
                order.Length > 2 ? int.Parse(order[2], CultureInfo.InvariantCulture) : Patience
            ),
            "present" => Tell(Online),
            "held" => Tell((PlayoutDb db) => Held(db)),
            "units" => Tell(async db =>
                string.Join(' ', await db.Speakers.Select(s => s.UnitId).Distinct().ToListAsync())
            ),
            "synced" => Until(
                int.Parse(order[1], CultureInfo.InvariantCulture),
                (DevicesDb db) => Synced(db, long.Parse(order[2], CultureInfo.InvariantCulture))
            ),
            "history" => Tell(db => Grow(db, order)),
            "grow" => (province ??= new(app.Services, TimeProvider.System)).Grow(Size.All[Number(order[1])]),
            "verify" => (province ??= new(app.Services, TimeProvider.System)).Verify(),
            "order" => (orders ??= new EmergencyOrders(app.Services, TimeProvider.System)).Order(
                order.Length > 1 ? Guid.Parse(order[1]) : null
            ),
            "promised" => Until(
                int.Parse(order[2], CultureInfo.InvariantCulture),
                (PlayoutDb db) => Promised(db, Guid.Parse(order[1]))
            ),
            "records" => Tell(Records),
            "records-of" => Tell((PlayoutDb db) => db.Records.CountAsync(r => r.SpeakerId == Guid.Parse(order[1]))),
            "plays-of" => Tell((PlayoutDb db) => db.Plays.CountAsync(p => p.SpeakerId == Guid.Parse(order[1]))),
            // Milliseconds of all threads that went into making machine code since the start.
            "compiled" => Task.FromResult($"{JitInfo.GetCompilationTime().TotalMilliseconds:F0}"),
            // Messages at which the gateway itself failed.
            "faults" => Task.FromResult($"{Interlocked.Read(ref faults)}"),
            "heap" => Task.FromResult($"{Heap()}"),
            "speaker" => Tell(async db => (await db.Speakers.FirstAsync(s => s.Serial == order[1])).Id),
            _ => throw new ArgumentException(order[0]),
        };

    static long Heap()
    {
        for (var i = 0; i < 3; i++)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }
        return GC.GetTotalMemory(forceFullCollection: false);
    }

    // Written past the procedure: what is measured begins when speakers have their keys.
    async Task<string> Enrol(string file)
    {
        var people = await SpeakerFile.Read(file);
        await Ask(
            async (DevicesDb db) =>
            {
                var places = await db.Speakers.AsNoTracking().OrderBy(s => s.Serial).ToListAsync();
                foreach (var (some, chunk) in people.Chunk(500).Select((c, i) => (c, i)))
                {
                    db.ChangeTracker.Clear();
                    foreach (var (one, i) in some.Select((one, i) => (one, i)))
                    {
                        var place = places[((chunk * 500) + i) % places.Count];
                        db.Add(Standing(one, place));
                        db.Add(Key(one));
                    }
                    await db.SaveChangesAsync();
                }
                return 0;
            }
        );
        return "enrolled";
    }

    static Speaker Standing(SpeakerFile.One one, Speaker like) =>
        new()
        {
            Id = one.Id,
            Serial = $"BENCH-{one.Id:N}"[..30] + one.Kid[..8],
            Name = like.Name,
            Search = like.Search,
            Vendor = like.Vendor,
            Model = like.Model,
            Horns = like.Horns,
            UnitId = like.UnitId,
            State = SpeakerStates.Enrolled,
            Kid = one.Kid,
            PlacementVersion = 1,
        };

    static SpeakerKey Key(SpeakerFile.One one) =>
        new()
        {
            SpeakerId = one.Id,
            Kid = one.Kid,
            Jwk = one.Jwk,
            Placement = "",
            PlacementVersion = 1,
        };

    static Task<int> Online(DevicesDb db) => db.Speakers.CountAsync(s => s.Presence == Presence.Online);

    static async Task<int> Grow(DevicesDb db, string[] order)
    {
        var (first, count) = (Number(order[1]), Number(order[2]));
        await History.Write(db, first, count, TimeProvider.System.GetUtcNow());
        return count;
    }

    static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    static Task<int> Promised(PlayoutDb db, Guid broadcast) => db.Plays.CountAsync(p => p.BroadcastId == broadcast);

    // The speaker is here, has reported since this power cycle, and what it reported is what it is to hold.
    static Task<int> Synced(DevicesDb db, long cycle) =>
        db
            .Database.SqlQuery<int>(
                $"""
                SELECT COUNT(*) AS "Value" FROM "Speakers" s JOIN "Timetables" t ON s."Id" = t."SpeakerId"
                WHERE s."Presence" = {(int)
                    Presence.Online} AND s."StorageFree" = {cycle} AND s."TimetableHeld" = t."Version"
                """
            )
            .SingleAsync();

    // What was reported last is what it is to hold.
    static Task<int> Held(PlayoutDb db) =>
        (
            from s in db.Speakers
            join t in db.Timetables on s.Id equals t.SpeakerId
            where s.IsOnline && s.TimetableHeld == t.Version
            select s.Id
        ).CountAsync();

    async Task<string> Records(DevicesDb db) =>
        $"{await Ask((PlayoutDb playout) => playout.Records.CountAsync())} {await db.Speakers.SumAsync(s => s.RecordSeq)} {await db.Speakers.SumAsync(s => s.StorageFree ?? 0)}";

    /// <summary>Answers with the moment at which so many were counted, or with how many there are when it does not come.</summary>
    async Task<string> Until<TDb>(int wanted, Func<TDb, Task<int>> count, int seconds = Patience)
        where TDb : ModuleDb
    {
        var began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var found = await Ask(count);
            var now = TimeProvider.System.GetTimestamp();
            if (found == wanted)
                return $"{now}";
            if (TimeProvider.System.GetElapsedTime(began, now) > TimeSpan.FromSeconds(seconds))
                throw new TimeoutException($"{found} of {wanted}");
            await Task.Delay(look, TimeProvider.System);
        }
    }

    Task<string> Tell<T>(Func<DevicesDb, Task<T>> ask) => Tell<DevicesDb, T>(ask);

    async Task<string> Tell<TDb, T>(Func<TDb, Task<T>> ask)
        where TDb : ModuleDb => $"{await Ask(ask)}";

    async Task<T> Ask<TDb, T>(Func<TDb, Task<T>> ask)
        where TDb : ModuleDb
    {
        await using var scope = app.Services.CreateAsyncScope();
        return await ask(scope.ServiceProvider.GetRequiredService<TDb>());
    }
}
