using System.Globalization;
using System.Runtime;
using System.Runtime.InteropServices;

namespace Loa.Bench;

/// <summary>Where and when a show ran, and where the repository lies.</summary>
public static class Place
{
    public static void Print(string show)
    {
        var model = File.ReadLines("/proc/cpuinfo")
            .FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal))
            ?.Split(':')[1]
            .Trim();
        var load = File.ReadAllText("/proc/loadavg").Split(' ')[0];
        var gc = GCSettings.IsServerGC ? "server" : "workstation";
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{show}: {TimeProvider.System.GetUtcNow():yyyy-MM-dd HH:mm} UTC, {Environment.ProcessorCount} cores {model}, {RuntimeInformation.FrameworkDescription}, {gc} GC, concurrent; load before {load}"
            )
        );
        Console.WriteLine();
    }

    /// <summary>The top folder of the repository this program was built in.</summary>
    public static string Repository()
    {
        var folder = AppContext.BaseDirectory.TrimEnd('/');
        while (!File.Exists(Path.Combine(folder, "Loa.slnx")))
            folder =
                Path.GetDirectoryName(folder)
                ?? throw new InvalidOperationException("The shows run below the repository.");
        return folder;
    }
}
