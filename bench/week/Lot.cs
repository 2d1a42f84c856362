using System.Diagnostics;
using System.Text.Json;
using Loa.Mqtt.Server;

namespace Loa.Bench.Week;

/// <summary>Some speakers' week, in a process of its own, as fast as it goes.</summary>
static class Lot
{
    public const string Verb = "lot";

    // 2026-03-02 00:00 in Việt Nam, a Monday.
    static readonly DateTimeOffset monday = new(2026, 3, 1, 17, 0, 0, TimeSpan.Zero);

    // Until what waits has been told.
    static readonly TimeSpan after = TimeSpan.FromHours(1);

    static Office? office;

    /// <param name="order">first, count, days, seed</param>
    public static async Task<string> Run(string[] order)
    {
        var given = order.Select(word => int.Parse(word, System.Globalization.CultureInfo.InvariantCulture)).ToArray();
        office ??= await Office.Open(monday);
        World.OneThread();
        // From here on all is done by the one thread of the pool.
        await Task.Yield();
        var began = Stopwatch.GetTimestamp();
        var found = await Run(office, given[0], given[1], given[2], given[3]);
        found.Seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        found.Mebibytes = ProcessFigures.Rss(Environment.ProcessId) / 1048576.0;
        return JsonSerializer.Serialize(found);
    }

    static async Task<Found> Run(Office office, int first, int count, int days, int seed)
    {
        var world = new World(monday);
        var gate = new Gate(world, office);
        await using var server = new MqttServer(new MqttServerOptions { Listen = null }, gate, world);
        gate.Server = server;
        server.Start();
        var cabinets = new List<(Cabinet Cabinet, Mishaps Mishaps)>();
        for (var number = first; number < first + count; number++)
        {
            var cabinet = new Cabinet(world, office, server.Serve, number, seed, days);
            var random = new Random(unchecked((seed * 31) + number));
            gate.Add(cabinet);
            var mishaps = new Mishaps(world, gate, cabinet, random, days);
            cabinets.Add((cabinet, mishaps));
            mishaps.Begin();
            // Not all at one moment.
            world.After(TimeSpan.FromSeconds(random.Next(120)), cabinet.SwitchOn);
        }
        await world.Until(monday.AddDays(days) + after);
        var found = new Found();
        foreach (var (cabinet, mishaps) in cabinets)
        {
            Judge.Look(cabinet, found);
            found.Connections += cabinet.Road.Connections;
            found.Cuts += mishaps.Cuts;
            found.Flaps += mishaps.Flaps;
            found.PowerCuts += cabinet.PowerCuts;
            found.WrongBoots += mishaps.WrongBoots;
            found.Jumps += mishaps.Jumps;
            found.Changes += mishaps.Changes;
        }
        foreach (var (cabinet, _) in cabinets)
            cabinet.Road.Sever();
        var leaving = Task.WhenAll(cabinets.Select(pair => pair.Cabinet.SwitchOff()).ToArray());
        await world.Until(world.Now.AddMinutes(1));
        await leaving;
        foreach (var (cabinet, _) in cabinets)
            cabinet.Dispose();
        return gate.Failures.Count == 0 ? found : throw new IOException(gate.Failures[0].ToString());
    }
}
