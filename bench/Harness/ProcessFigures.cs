using System.Globalization;

namespace Loa.Bench;

/// <summary>What a process has used, as its kernel counts it.</summary>
public static class ProcessFigures
{
    // USER_HZ, the same on every Linux that matters here.
    const double TicksPerSecond = 100;

    /// <summary>Processor time of all its threads, in the program and in the kernel for it.</summary>
    public static TimeSpan Cpu(int process)
    {
        var text = File.ReadAllText($"/proc/{process}/stat");
        // The second field is the name in brackets, which may hold blanks.
        var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
        var ticks =
            long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture);
        return TimeSpan.FromSeconds(ticks / TicksPerSecond);
    }

    /// <summary>Memory in RAM that is its own or its share of what is shared.</summary>
    public static long Pss(int process) => Kibibytes($"/proc/{process}/smaps_rollup", "Pss:");

    public static long Rss(int process) => Kibibytes($"/proc/{process}/status", "VmRSS:");

    /// <summary>Files and sockets it holds open.</summary>
    public static int Files(int process) => Directory.GetFileSystemEntries($"/proc/{process}/fd").Length;

    /// <summary>What the kernel holds in buffers of all TCP sockets of this machine.</summary>
    public static long TcpBuffers()
    {
        var line = File.ReadLines("/proc/net/sockstat").First(l => l.StartsWith("TCP:", StringComparison.Ordinal));
        var words = line.Split(' ');
        return long.Parse(words[Array.IndexOf(words, "mem") + 1], CultureInfo.InvariantCulture)
            * Environment.SystemPageSize;
    }

    /// <summary>What the kernel holds in its own structures (sockets among them) on this machine.</summary>
    public static long KernelStructures() => Kibibytes("/proc/meminfo", "Slab:");

    static long Kibibytes(string file, string name) =>
        1024
        * long.Parse(
            File.ReadLines(file)
                .First(l => l.StartsWith(name, StringComparison.Ordinal))
                .Split(' ', StringSplitOptions.RemoveEmptyEntries)[1],
            CultureInfo.InvariantCulture
        );
}
