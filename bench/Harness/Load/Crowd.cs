using System.Diagnostics;
using System.Net;
using System.Runtime.InteropServices;

namespace Loa.Bench.Load;

/// <summary>
/// Very many client connections held by one thread: one poll of the kernel, one shared receive buffer, no work and no memory
/// for a connection that is silent. It is the same for every server measured, so that it favours none.
/// </summary>
public sealed unsafe partial class Crowd : IDisposable
{
    const int TimerIndex = -1;
    const int MostEvents = 512;
    const int ReceiveSize = 256 * 1024;
    const int MostUnderWay = 256;
    const int TcpLevel = 6;
    const int NoDelay = 1;
    const int SocketLevel = 1;
    const int ReceiveBuffer = 8;
    const int IpLevel = 0;
    const int BindWithoutPort = 24;

    readonly Dialect dialect;
    readonly int poll;
    readonly byte* buffer = (byte*)NativeMemory.Alloc(ReceiveSize);
    readonly Native.Event* events = (Native.Event*)NativeMemory.Alloc(MostEvents, (nuint)sizeof(Native.Event));
    readonly Queue<int> toConnect = new();
    readonly IPEndPoint server;
    readonly Wire wire;
    Line[] lines;
    int underWay;
    int timer = -1;

    public Crowd(Dialect dialect, IPEndPoint server, int capacity, Wire wire = Wire.Tcp)
    {
        if (RuntimeInformation.ProcessArchitecture is not Architecture.X64)
            throw new PlatformNotSupportedException("The load side is written for x86-64 Linux.");
        (this.dialect, this.server, this.wire) = (dialect, server, wire);
        lines = new Line[capacity];
        poll = Checked(Native.CreatePoll(Native.CloseOnExec));
        OpenFiles.Need(capacity + 200);
    }

    public int Count => lines.Length;

    /// <summary>How many have been let in and have subscribed.</summary>
    public int Ready { get; private set; }

    /// <summary>How many were hung up on by the server, or refused.</summary>
    public int Lost { get; private set; }

    /// <summary>How many handshakes went on where an earlier one had ended.</summary>
    public int Resumed { get; private set; }

    /// <summary>Called for each connection that the server ended.</summary>
    public Action<int>? Ended { get; set; }

    /// <summary>Called at each tick of the timer.</summary>
    public Action? Tick { get; set; }

    /// <summary>Where a connection comes from: a handful of own addresses, for one has only 28,000 ports.</summary>
    public Func<int, IPAddress> From { get; init; } = index => new IPAddress([127, 0, 0, (byte)(2 + (index % 16))]);

    public bool IsReady(int index) => lines[index].Stage == Line.In;

    public bool IsOpen(int index) => lines[index].File > 0;

    public bool IsDeaf(int index) => lines[index].Deaf;

    /// <summary>Connects these; they are ready once <see cref="Ready"/> says so, while somebody pumps.</summary>
    public void Connect(int from, int count)
    {
        foreach (var index in Enumerable.Range(from, count))
            toConnect.Enqueue(index);
        ConnectMore();
    }

    /// <summary>Receives and answers until something is so; false when patience ran out.</summary>
    public bool Pump(Func<bool> until, TimeSpan patience)
    {
        var end = Stopwatch.GetTimestamp() + (long)(patience.TotalSeconds * Stopwatch.Frequency);
        while (!until())
        {
            var left = end - Stopwatch.GetTimestamp();
            if (left <= 0)
                return false;
            Turn((int)Math.Clamp(left * 1000 / Stopwatch.Frequency, 0, 50));
        }
        return true;
    }

    /// <summary>Receives and answers for so long.</summary>
    public void Pump(TimeSpan during) => Pump(static () => false, during);

    /// <summary>Has <see cref="Tick"/> called again and again; zero stops it.</summary>
    public void Every(TimeSpan interval)
    {
        if (timer < 0)
        {
            timer = Checked(Native.CreateTimer(Native.Monotonic, Native.NonBlocking | Native.CloseOnExec));
            Checked(Native.Control(poll, Native.Add, timer, new Native.Event { What = Native.In, Index = TimerIndex }));
        }
        var (seconds, rest) = Math.DivRem(interval.Ticks, TimeSpan.TicksPerSecond);
        Checked(
            Native.SetTimer(
                timer,
                0,
                new Native.Interval
                {
                    EverySeconds = seconds,
                    EveryNanoseconds = rest * 100,
                    FirstSeconds = seconds,
                    FirstNanoseconds = rest * 100,
                },
                0
            )
        );
    }

    /// <summary>Writes to one connection; false when it is gone or its line is full.</summary>
    public bool Send(int index, ReadOnlySpan<byte> bytes)
    {
        ref var line = ref lines[index];
        if (line.File <= 0)
            return false;
        fixed (byte* from = bytes)
        {
            var sent =
                line.Tls == 0 ? Native.Send(line.File, from, bytes.Length) : Tls.Write(line.Tls, from, bytes.Length);
            if (sent == bytes.Length)
                return true;
            return sent is not -1 && Rest(index, bytes[(int)Math.Max(0, sent)..]);
        }
    }

    /// <summary>From now on this client reads nothing any more, as one whose line has died.</summary>
    public void Deafen(int index)
    {
        Checked(Native.SetOption(lines[index].File, SocketLevel, ReceiveBuffer, 2304, sizeof(int)));
        Watch(lines[index].File, index, Native.PeerGone);
        lines[index].Deaf = true;
    }

    /// <summary>The line is cut without a word.</summary>
    public void Cut(int index)
    {
        if (lines[index].Stage == Line.In)
            Ready--;
        else if (lines[index].File > 0)
            underWay--;
        Hang(ref lines[index]);
    }

    public void Dispose()
    {
        for (var i = 0; i < lines.Length; i++)
        {
            Hang(ref lines[i]);
            Forget(ref lines[i]);
        }
        if (timer >= 0)
            _ = Native.Close(timer);
        _ = Native.Close(poll);
        NativeMemory.Free(buffer);
        NativeMemory.Free(events);
        lines = [];
    }

    /// <summary>For the dialect: this one is where it wants to be.</summary>
    public void IsIn(int index)
    {
        lines[index].Stage = Line.In;
        Ready++;
        underWay--;
        ConnectMore();
    }

    void ConnectMore()
    {
        while (underWay < MostUnderWay && toConnect.TryDequeue(out var index))
            Open(index);
    }

    void Open(int index)
    {
        var file = Checked(Native.Socket(Native.Inet, Native.Stream | Native.NonBlocking | Native.CloseOnExec, 0));
        Checked(Native.SetOption(file, TcpLevel, NoDelay, 1, sizeof(int)));
        Checked(Native.SetOption(file, IpLevel, BindWithoutPort, 1, sizeof(int)));
        Checked(Native.Bind(file, At(From(index), 0), 16));
        lines[index] = new Line { File = file, Resume = lines[index].Resume };
        underWay++;
        var done = Native.Connect(file, At(server.Address, server.Port), 16);
        if (done != 0 && Marshal.GetLastPInvokeError() is not Native.InProgress and var error)
            throw new IOException($"A connection to {server} failed: error {error}");
        Checked(
            Native.Control(poll, Native.Add, file, new Native.Event { What = Native.In | Native.Out, Index = index })
        );
    }

    void Hang(ref Line line)
    {
        if (line.Tls != 0)
        {
            if (wire == Wire.ResumedTls && line.Stage == Line.In)
            {
                Forget(ref line);
                line.Resume = Tls.Remember(line.Tls);
            }
            Tls.Free(line.Tls);
        }
        if (line.File > 0)
            _ = Native.Close(line.File);
        line = new Line { Resume = line.Resume };
    }

    static void Forget(ref Line line)
    {
        if (line.Resume != 0)
            Tls.Forget(line.Resume);
        line.Resume = 0;
    }

    static Native.Address At(IPAddress ip, int port) =>
        new()
        {
            Family = Native.Inet,
            Port = (ushort)IPAddress.HostToNetworkOrder((short)port),
            Ip = BitConverter.ToUInt32(ip.GetAddressBytes()),
        };

    static int Checked(int result) =>
        result >= 0 ? result : throw new IOException($"The kernel refused: error {Marshal.GetLastPInvokeError()}");
}
