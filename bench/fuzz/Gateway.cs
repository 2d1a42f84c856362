using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Loa.Air;
using Loa.Bench.Load;
using Loa.Bench.Runs;
using Loa.Bench.UnderTest;

namespace Loa.Bench.Fuzz;

/// <summary>Strangers, and speakers in wrong hands, say nonsense to the real server while honest speakers live on it.</summary>
static class Gateway
{
    const int Honest = 60;
    const int Captured = 40;
    const int Attackers = 24;

    public readonly record struct Result(
        long Connections,
        long Packets,
        long HonestSent,
        long HonestUnanswered,
        long HonestLost,
        double HeapThird,
        double HeapEnd,
        long Lies,
        long LiesStored,
        long PlaysOfLies,
        long Faults
    );

    public static async Task<Result> Run(int seconds, int seed)
    {
        await using var server = await ServerProcess.Start();
        await using var honest = SpeakerCrowd.Start(server.Mqtt, Honest);
        await ServerShow.Enrol(server, honest);
        await honest.Ask("connect 1");
        var captured = await Capture(server);
        var thief = captured[^1];

        var living = honest.Ask($"live {seconds} 5 10");
        using var over = new CancellationTokenSource(TimeSpan.FromSeconds(seconds));
        var (connections, packets) = (0L, 0L);
        var telling = StolenKey.Tell(server.Mqtt, thief, over.Token);
        var attacking = Enumerable
            .Range(0, Attackers)
            .Select(i =>
                Task.Run(async () =>
                {
                    var random = new Random(seed + i);
                    while (!over.IsCancellationRequested)
                    {
                        Interlocked.Add(
                            ref packets,
                            await Attack(server.Mqtt, captured[random.Next(Captured - 1)], random, random.Next(2) == 0)
                        );
                        Interlocked.Increment(ref connections);
                    }
                })
            )
            .ToArray();
        await Task.Delay(TimeSpan.FromSeconds(seconds / 3.0), TimeProvider.System);
        var third = await Heap(server);
        await Task.WhenAll(attacking);
        var lies = await telling;
        var stored = long.Parse(await server.Process.Ask($"records-of {thief.Id}"), CultureInfo.InvariantCulture);
        var plays = long.Parse(await server.Process.Ask($"plays-of {thief.Id}"), CultureInfo.InvariantCulture);
        var told = (await living).Split(' ').Select(t => long.Parse(t, CultureInfo.InvariantCulture)).ToArray();
        // It still lets in who comes honestly.
        await using var late = SpeakerCrowd.Start(server.Mqtt, 5);
        await ServerShow.Enrol(server, late);
        await late.Ask("connect 1");
        return new Result(
            connections,
            packets,
            told[0],
            told[0] - told[1],
            told[5],
            third,
            await Heap(server),
            lies,
            stored,
            plays,
            long.Parse(await server.Process.Ask("faults"), CultureInfo.InvariantCulture)
        );
    }

    static async Task<double> Heap(ServerUnderTest server) =>
        double.Parse(await server.Process.Ask("heap"), CultureInfo.InvariantCulture) / 1048576;

    static async Task<LoadSpeaker[]> Capture(ServerUnderTest server)
    {
        LoadSpeaker[] captured = [.. Enumerable.Range(0, Captured).Select(_ => new LoadSpeaker(Guid.CreateVersion7()))];
        var file = Path.Combine(server.Folder, "captured.txt");
        await SpeakerFile.Write(file, captured.Select(s => SpeakerFile.Of(s.Id, s.Key.Public)));
        await server.Process.Ask($"enrol {file}");
        return captured;
    }

    /// <summary>One connection from one of very many addresses; returns how many packets it got rid of.</summary>
    static async Task<long> Attack(int port, LoadSpeaker one, Random random, bool proves)
    {
        var (mutator, phrases, sent) = (new Mutator(random), new Phrases(random, one.Id), 0L);
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)
        {
            NoDelay = true,
        };
        using var enough = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        try
        {
            socket.Bind(
                new IPEndPoint(
                    new IPAddress([127, (byte)random.Next(1, 250), (byte)random.Next(250), (byte)random.Next(1, 250)]),
                    0
                )
            );
            await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, port), enough.Token);
            if (proves)
                await ComeIn(socket, one, enough.Token);
            for (var i = random.Next(1, 20); i > 0; i--, sent++)
            {
                var good = phrases.Packet();
                var bytes = random.Next(8) switch
                {
                    0 => mutator.Noise(random.Next(1, 3000)),
                    1 => good,
                    _ => mutator.Spoil(good),
                };
                // In pieces, for a parser must bear any cut.
                var cut = random.Next(bytes.Length + 1);
                await socket.SendAsync(bytes.AsMemory(0, cut), enough.Token);
                await socket.SendAsync(bytes.AsMemory(cut), enough.Token);
            }
        }
        catch (Exception shownOut) when (shownOut is SocketException or OperationCanceledException or IOException)
        {
            // That is what it came for.
        }
        return sent;
    }

    public static async Task ComeIn(Socket socket, LoadSpeaker one, CancellationToken cancel)
    {
        var method = new PacketBytes();
        method.Byte(0x15);
        method.Text(ConnectionProof.Method);
        var connect = new PacketBytes();
        connect.Text("MQTT");
        connect.Byte(5);
        connect.Byte(2);
        connect.Number16(30);
        connect.Byte((byte)method.Body().Length);
        connect.Raw(method.Body());
        connect.Text(one.Name);
        await socket.SendAsync(connect.Finish(0x10), cancel);
        var buffer = new byte[512];
        var count = await socket.ReceiveAsync(buffer, cancel);
        var at = Array.IndexOf(buffer, (byte)0x16, 0, count);
        if (buffer[0] != 0xF0 || at < 0)
            throw new IOException("No challenge.");
        var nonce = Encoding.ASCII.GetString(buffer, at + 3, buffer[at + 2]);
        string proof;
        // One key signs for several attackers, one at a time.
        lock (one)
            proof = one.Key.Sign(new ConnectionProof(one.Id, "loa-thanh", nonce).Draft(one.Key.Public.KeyId));
        method.Byte(0x16);
        method.Binary(Encoding.ASCII.GetBytes(proof));
        var properties = method.Body();
        var auth = new PacketBytes();
        auth.Byte(0x18);
        auth.Byte((byte)((properties.Length & 0x7F) | 0x80));
        auth.Byte((byte)(properties.Length >> 7));
        auth.Raw(properties);
        await socket.SendAsync(auth.Finish(0xF0), cancel);
        await socket.ReceiveAsync(buffer, cancel);
    }
}
