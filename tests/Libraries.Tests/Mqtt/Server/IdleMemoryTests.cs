using System.Diagnostics;
using System.Runtime;
using System.Runtime.CompilerServices;

namespace Loa.Mqtt.Server;

/// <summary>
/// What one idle speaker with its session costs this process, over the empty server: ten thousand of them from another
/// process, managed bytes and working set after a full collection on both sides. Run by hand: -explicit only.
/// </summary>
[Collection(nameof(Alone))]
public sealed class IdleMemoryTests(ITestOutputHelper output)
{
    const int Speakers = 10_000;

    [Fact(Explicit = true)]
    public async Task An_idle_speaker_costs_four_kibibytes_at_most()
    {
        var host = new TestHost();
        await using var server = new MqttServer(
            new MqttServerOptions { Listen = new(System.Net.IPAddress.Loopback, 0) },
            host,
            TimeProvider.System
        );
        server.Start();
        // So that code and pools that are made once are not counted for each.
        using (var warm = await Crowd(server, 300))
            await Leave(server, warm);

        var empty = Measure();
        using var crowd = await Crowd(server, Speakers);
        var full = Measure();

        var managed = (full.Managed - empty.Managed) / (double)Speakers;
        var resident = (full.Resident - empty.Resident) / (double)Speakers;
        output.WriteLine(
            $"idle speaker: {managed:F0} managed bytes, {resident:F0} bytes of working set ({GCSettings.LatencyMode}, server GC {GCSettings.IsServerGC})"
        );
        Assert.InRange(resident, 0, 4096);
        await Leave(server, crowd);
    }

    static async Task<Process> Crowd(MqttServer server, int count)
    {
        var script = Path.Combine(Folder(), "..", "..", "..", "Foreign", "crowd.mjs");
        var start = new ProcessStartInfo("node", [script, $"{server.EndPoint.Port}", $"{count}"])
        {
            RedirectStandardInput = true,
            UseShellExecute = false,
            RedirectStandardOutput = true,
        };
        var crowd = Process.Start(start)!;
        Assert.Equal("ready", await crowd.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromMinutes(2)));
        return crowd;
    }

    static async Task Leave(MqttServer server, Process crowd)
    {
        crowd.StandardInput.Close();
        await crowd.WaitForExitAsync().Soon();
        await Patience.Until(() => server.ConnectionCount == 0);
    }

    static (long Managed, long Resident) Measure()
    {
        for (var n = 0; n < 3; n++)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }
        using var self = Process.GetCurrentProcess();
        return (GC.GetTotalMemory(forceFullCollection: false), self.WorkingSet64);
    }

    static string Folder([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
