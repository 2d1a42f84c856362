using System.Net;
using System.Net.Sockets;
using Loa.Fleet.Lines;
using Loa.Speaker;
using Loa.Speaker.Start;

namespace Loa.Fleet.Simulation;

/// <summary>One simulated speaker: the real software, on a line, a clock and a disk that can be hurt.</summary>
sealed class Simulated : IDisposable
{
    static readonly TimeSpan rest = TimeSpan.FromSeconds(2);

    readonly Settings settings;
    readonly SpeakerEnvironment around;
    readonly int seed;
    readonly Relay? mqtt;
    readonly Relay? web;
    readonly HttpClient http;
    readonly Lock gate = new();
    CancellationTokenSource scene = new();
    Part part;
    volatile bool diskIsFull;

    /// <param name="route">The gateway's address, when the line is to be relayed; null connects straight.</param>
    public Simulated(Settings settings, SpeakerEnvironment around, DnsEndPoint? route, Profile? usual, int seed)
    {
        (this.seed, UsualLine) = (seed, usual);
        http = around.Http;
        if (route is not null)
        {
            mqtt = new Relay(route, seed) { Profile = usual };
            web = new Relay(new DnsEndPoint(settings.Server.Host, settings.Server.Port), ~seed) { Profile = usual };
            settings = settings with { Mqtt = mqtt.EndPoint.ToString() };
            http = new HttpClient(new SocketsHttpHandler { ConnectCallback = ThroughRelay })
            {
                Timeout = Timeout.InfiniteTimeSpan,
            };
        }
        this.settings = settings;
        this.around = around with
        {
            Clock = Clock,
            Http = http,
            Disk = disk => new FillingDisk(disk, () => diskIsFull),
        };
    }

    public string Serial => settings.Serial;

    public ShiftedClock Clock { get; } = new();

    public Profile? UsualLine { get; }

    public int Restarts { get; private set; }

    public Profile? Line
    {
        set => (mqtt!.Profile, web!.Profile) = (value, value);
    }

    public bool IsCut
    {
        set => (mqtt!.IsCut, web!.IsCut) = (value, value);
    }

    public bool DiskIsFull
    {
        set => diskIsFull = value;
    }

    /// <summary>Another one acts from now on; whoever acts now is stopped first.</summary>
    public void Replace(Part by)
    {
        lock (gate)
        {
            part = by;
            scene.Cancel();
        }
    }

    public async Task Run(CancellationToken cancel)
    {
        while (!cancel.IsCancellationRequested)
        {
            CancellationToken over;
            Part now;
            lock (gate)
            {
                if (scene.IsCancellationRequested)
                    scene = new CancellationTokenSource();
                (over, now) = (scene.Token, part);
            }
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, over);
            await Act(now, either.Token);
        }
    }

    public void Dispose()
    {
        mqtt?.Dispose();
        web?.Dispose();
        if (web is not null)
            http.Dispose();
        scene.Dispose();
    }

    async Task Act(Part now, CancellationToken cancel)
    {
        if (now == Part.Liar)
            await new Liar(settings.Data, settings.Mqtt, seed).Run(cancel);
        else if (now == Part.Speaker)
            await Speak(cancel);
        if (now == Part.Nobody || !cancel.IsCancellationRequested)
            await Task.Delay(now == Part.Nobody ? Timeout.InfiniteTimeSpan : rest, TimeProvider.System, cancel)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    async Task Speak(CancellationToken cancel)
    {
        try
        {
            await new Loudspeaker(settings, around).Run(cancel);
        }
        catch (IOException) when (diskIsFull)
        {
            // As the system of a real one does: it is started again, until there is room.
            Restarts++;
        }
    }

    async ValueTask<Stream> ThroughRelay(SocketsHttpConnectionContext wanted, CancellationToken cancel)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(web!.EndPoint, cancel);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
