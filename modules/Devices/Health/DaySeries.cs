namespace Loa.Devices.Health;

/// <summary>
/// The course of all numbers of one speaker over one day, packed: for each number which slots are filled, then their means as
/// differences; a slot in which nothing moved costs one byte.
/// </summary>
sealed class DaySeries
{
    public const int Quarters = 96;
    public const int Hours = 24;

    readonly MetricSlot?[][] slots;

    DaySeries(MetricSlot?[][] slots) => this.slots = slots;

    public int Count => slots[0].Length;

    public MetricSlot? this[Metric metric, int slot]
    {
        get => slots[(int)metric][slot];
        set => slots[(int)metric][slot] = value;
    }

    public static DaySeries Empty(int count) => new([.. Metrics.All.Select(_ => new MetricSlot?[count])]);

    /// <summary>The same day in hours.</summary>
    public DaySeries InHours()
    {
        var hours = Empty(Hours);
        var perHour = Count / Hours;
        foreach (var metric in Metrics.All)
            for (var hour = 0; hour < Hours; hour++)
                hours[metric, hour] = Together(slots[(int)metric].AsSpan(hour * perHour, perHour));
        return hours;
    }

    static MetricSlot? Together(ReadOnlySpan<MetricSlot?> parts)
    {
        var (min, max, sum, count) = (short.MaxValue, short.MinValue, 0, 0);
        foreach (var part in parts)
        {
            if (part is not { } slot)
                continue;
            (min, max) = (Math.Min(min, slot.Min), Math.Max(max, slot.Max));
            sum += slot.Mean;
            count++;
        }
        return count == 0 ? null : new(min, (short)Math.Round(sum / (double)count), max);
    }

    public byte[] Pack()
    {
        var bytes = new List<byte>(256);
        foreach (var line in slots)
        {
            var filled = line.Any(slot => slot is not null);
            bytes.Add(filled ? (byte)1 : (byte)0);
            if (!filled)
                continue;
            for (var at = 0; at < line.Length; at += 8)
                bytes.Add((byte)Enumerable.Range(at, 8).Sum(i => line[i] is null ? 0 : 1 << (i - at)));
            var before = 0;
            foreach (var slot in line.OfType<MetricSlot>())
            {
                var moved = slot.Min != slot.Max;
                Write(bytes, (ZigZag(slot.Mean - before) << 1) | (moved ? 1u : 0u));
                before = slot.Mean;
                if (!moved)
                    continue;
                Write(bytes, (uint)(slot.Mean - slot.Min));
                Write(bytes, (uint)(slot.Max - slot.Mean));
            }
        }
        return [.. bytes];
    }

    public static DaySeries Unpack(int count, ReadOnlySpan<byte> bytes)
    {
        var series = Empty(count);
        foreach (var line in series.slots)
        {
            // A day that was packed before a number was kept ends early.
            if (bytes.IsEmpty)
                break;
            var filled = bytes[0] == 1;
            bytes = bytes[1..];
            if (!filled)
                continue;
            var map = bytes[..(count / 8)];
            bytes = bytes[map.Length..];
            var before = 0;
            for (var i = 0; i < count; i++)
            {
                if ((map[i / 8] & (1 << (i % 8))) == 0)
                    continue;
                var head = Read(ref bytes);
                before += UnZigZag(head >> 1);
                var moved = (head & 1) != 0;
                var below = moved ? (int)Read(ref bytes) : 0;
                var above = moved ? (int)Read(ref bytes) : 0;
                line[i] = new((short)(before - below), (short)before, (short)(before + above));
            }
        }
        return series;
    }

    static uint ZigZag(int value) => (uint)((value << 1) ^ (value >> 31));

    static int UnZigZag(uint value) => (int)(value >> 1) ^ -(int)(value & 1);

    static void Write(List<byte> bytes, uint value)
    {
        for (; value >= 0x80; value >>= 7)
            bytes.Add((byte)(value | 0x80));
        bytes.Add((byte)value);
    }

    static uint Read(ref ReadOnlySpan<byte> bytes)
    {
        uint value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var part = bytes[0];
            bytes = bytes[1..];
            value |= (uint)(part & 0x7f) << shift;
            if (part < 0x80)
                return value;
        }
    }
}
