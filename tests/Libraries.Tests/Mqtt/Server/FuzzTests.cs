using System.Diagnostics;
using FsCheck.Fluent;
using Loa.Mqtt.Packets;

namespace Loa.Mqtt.Server;

/// <summary>A live server is told nonsense of every kind; nothing escapes, nothing is left behind, and it goes on serving.</summary>
[Collection(nameof(Alone))]
public sealed class FuzzTests(ITestOutputHelper output)
{
    const int Seed = 20260301;
    static readonly TimeSpan duration = TimeSpan.FromSeconds(3);

    [Fact]
    public async Task Nonsense_costs_the_server_nothing()
    {
        await using var gateway = new Gateway(o =>
            o with
            {
                ConnectionsPerAddress = new Rate(1e9, 1e9),
                Retained = new RetainedBounds(50, 100_000, 1_000),
            }
        );
        var random = new Random(Seed);
        var packets = Some.Packet.Sample(400, 10).ToArray();
        var began = Stopwatch.GetTimestamp();
        var (rounds, settled) = (0, 0L);
        while (Stopwatch.GetElapsedTime(began) < duration)
        {
            await Talk(gateway, packets, random);
            if (++rounds == 100)
                settled = await Memory(gateway);
        }
        var grown = await Memory(gateway) - settled;

        output.WriteLine($"{rounds} connections of nonsense, {grown / 1024} KiB grown after the first hundred");
        Assert.False(gateway.Host.Failures.Reader.TryRead(out var failure), failure?.ToString());
        Assert.InRange(rounds, 100, int.MaxValue);
        Assert.InRange(grown, long.MinValue, 2 * 1024 * 1024);
        var device = await gateway.Connected("sound");
        await device.Subscribe("still");
        await device.Publish("still", "here", Qos.ExactlyOnce);
        Assert.Equal("here", (await device.Messages.Next()).Payload);
    }

    static async Task Talk(Gateway gateway, byte[][] packets, Random random)
    {
        using var raw = await gateway.Raw();
        try
        {
            // Most come in first, so that what lies behind admission is tried too; without a session to stay behind.
            if (random.Next(4) > 0)
                await raw.Connect($"fuzz-{random.Next(10)}", properties: new Properties());
            for (var n = random.Next(12); n >= 0; n--)
                await raw.Say(Spoilt(packets[random.Next(packets.Length)], random));
        }
        catch (Exception loss) when (Transports.Wire.IsLoss(loss))
        {
            // Shown out in the middle of it.
        }
    }

    static byte[] Spoilt(byte[] packet, Random random)
    {
        var bytes = packet.ToArray();
        if (random.Next(3) == 0)
            bytes[0] = (byte)random.Next(256);
        for (var n = random.Next(4); n > 0; n--)
            bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        return random.Next(8) == 0 ? bytes[..random.Next(1, bytes.Length + 1)] : bytes;
    }

    static async Task<long> Memory(Gateway gateway)
    {
        await Patience.Until(() => gateway.Server.ConnectionCount == 0);
        while (gateway.Host.Messages.Reader.TryRead(out _)) { }
        while (gateway.Host.Departures.Reader.TryRead(out _)) { }
        while (gateway.Host.Arrivals.Reader.TryRead(out _)) { }
        return GC.GetTotalMemory(forceFullCollection: true);
    }
}
