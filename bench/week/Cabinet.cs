using System.Net;
using Loa.Air;
using Loa.Jose;
using Loa.Mqtt.Transports;
using Loa.Speaker;
using Loa.Speaker.Playing;
using Loa.Speaker.Start;
using Loa.Speaker.Store;
using Loa.Speaker.Trust;

namespace Loa.Bench.Week;

/// <summary>One speaker in its place: the real software, on a machine, a flash memory and a road that are simulated.</summary>
sealed class Cabinet : IDisposable
{
    readonly World world;
    readonly Random random;
    readonly string folder;
    readonly Settings settings;
    readonly SpeakerEnvironment around;
    readonly Flash flash;
    CancellationTokenSource power = new();
    Task running = Task.CompletedTask;

    public Cabinet(World world, Office office, Func<Transport, Task> door, int number, int seed, int days)
    {
        (this.world, random) = (world, new Random(Mixed(seed, number)));
        folder = Directory.CreateTempSubdirectory("loa-week-").FullName;
        Key.Save(Path.Combine(folder, "key.pem"));
        flash = new Flash(random);
        Machine = new Machine(world, (random.NextDouble() * 60) - 30);
        var address = new IPEndPoint(new IPAddress(new byte[] { 10, 0, (byte)(number >> 8), (byte)number }), 4000);
        Road = new Road(world, random, address, door);
        Diary = new Diary(world, Id, Key.Public);
        Orders = new Orders(office, Id, world.Now, days, random);
        Diary.PlannedAt = Orders.PlannedAt;
        settings = new Settings(
            new Uri("http://tinh.tuan/"),
            folder,
            $"TUAN-{number:d5}",
            Root: office.Root.Public.Jwk
        );
        around = new SpeakerEnvironment(
            Machine,
            new HttpClient(new Shop(office, Road, Diary.Fetched)) { Timeout = Timeout.InfiniteTimeSpan },
            new NullOutput(),
            new EventLog(Machine, settings.Serial, Diary.Log),
            _ => { },
            Durable: false,
            KeepsLog: false
        )
        {
            Disk = _ => flash,
            Line = options => options with { Reach = Road.Reach },
            Watch = clock => Diary.Clock = clock,
        };
        Claim(office);
    }

    public Guid Id { get; } = Guid.CreateVersion7();

    public SigningKey Key { get; } = SigningKey.Create();

    public Machine Machine { get; }

    public Road Road { get; }

    public Diary Diary { get; }

    public Orders Orders { get; }

    /// <summary>The newest timetable that was sent on the present connection.</summary>
    public long Offered { get; set; }

    /// <summary>What it gave with its state on the connection it is on.</summary>
    public string? Nonce { get; set; }

    public int PowerCuts { get; private set; }

    public void SwitchOn()
    {
        power = new CancellationTokenSource();
        running = Run(power.Token);
    }

    /// <summary>The power fails in the middle of whatever is being written, or a second later, and is back after a while.</summary>
    public async Task CutPower(TimeSpan off)
    {
        PowerCuts++;
        flash.CutAfter(random.Next(8));
        await Task.WhenAny(running, world.Wait(TimeSpan.FromSeconds(1), CancellationToken.None));
        flash.CutNow();
        Road.Sever();
        await power.CancelAsync();
        await running;
        power.Dispose();
        await world.Wait(off, CancellationToken.None);
        flash.Restart();
        SwitchOn();
    }

    public async Task SwitchOff()
    {
        await power.CancelAsync();
        await running;
        power.Dispose();
    }

    public void Dispose()
    {
        around.Http.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    async Task Run(CancellationToken cancel)
    {
        try
        {
            await new Loudspeaker(settings, around).Run(cancel);
        }
        catch (PowerCutException)
        {
            // Nothing of it was left to do anything.
        }
    }

    // As a person has claimed it before the week began.
    void Claim(Office office)
    {
        using var journal = new Journal(flash);
        journal.Commit(
            new WriteBatch()
                .Put(JournalKeys.Placement, office.Place(Id, Key))
                .Put(
                    JournalKeys.Identity,
                    new Identity(Id, Office.ServerName, "127.0.0.1:1"),
                    TrustJson.Default.Identity
                )
        );
    }

    static int Mixed(int seed, int number) => unchecked((seed * 397) ^ (number * 7919));
}
