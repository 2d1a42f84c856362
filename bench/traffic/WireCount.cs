using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Loa.Bench.Traffic;

/// <summary>Bytes and segments one way and the other.</summary>
readonly record struct Passed(long BytesOut, long BytesIn, long SegmentsOut, long SegmentsIn)
{
    public long WireOut => BytesOut + (WireCount.Head * SegmentsOut);

    public long WireIn => BytesIn + (WireCount.Head * SegmentsIn);

    public static Passed operator +(Passed one, Passed other) =>
        new(
            one.BytesOut + other.BytesOut,
            one.BytesIn + other.BytesIn,
            one.SegmentsOut + other.SegmentsOut,
            one.SegmentsIn + other.SegmentsIn
        );

    public static Passed operator -(Passed one, Passed other) =>
        new(
            one.BytesOut - other.BytesOut,
            one.BytesIn - other.BytesIn,
            one.SegmentsOut - other.SegmentsOut,
            one.SegmentsIn - other.SegmentsIn
        );
}

/// <summary>What the kernel has counted on every connection from this machine to some ports of it, those that ended included.</summary>
sealed partial class WireCount(params int[] ports)
{
    /// <summary>20 bytes of IP, 20 of TCP, 12 of its time stamps.</summary>
    public const int Head = 52;

    // A connection that came and went between two looks would be missed; HTTP keeps its own open for longer.
    static readonly TimeSpan every = TimeSpan.FromSeconds(1);

    readonly Dictionary<string, Passed> connections = [];

    public Passed Total => connections.Values.Aggregate(default(Passed), (sum, one) => sum + one);

    public async Task Watch(TimeSpan during)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(began) < during)
        {
            await Look();
            await Task.Delay(every, TimeProvider.System);
        }
        await Look();
    }

    async Task Look()
    {
        var where = string.Join(" or ", ports.Select(port => $"dport = :{port}"));
        using var ss = Process.Start(new ProcessStartInfo("ss", ["-tinHO", where]) { RedirectStandardOutput = true })!;
        while (await ss.StandardOutput.ReadLineAsync() is { } line)
        {
            var ends = Ends().Match(line);
            if (!ends.Success)
                continue;
            connections[ends.Value] = new(
                Figure(line, "bytes_sent"),
                Figure(line, "bytes_received"),
                Figure(line, "segs_out"),
                Figure(line, "segs_in")
            );
        }
        await ss.WaitForExitAsync();
    }

    static long Figure(string line, string name)
    {
        var at = line.IndexOf($" {name}:", StringComparison.Ordinal);
        if (at < 0)
            return 0;
        var digits = line.AsSpan(at + name.Length + 2);
        var end = digits.IndexOf(' ');
        return long.Parse(end < 0 ? digits : digits[..end], CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"\S+:\d+\s+\S+:\d+")]
    private static partial Regex Ends();
}
