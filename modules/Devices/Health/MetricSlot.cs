namespace Loa.Devices.Health;

/// <summary>The least, the mean and the greatest of one number over a stretch of time.</summary>
readonly record struct MetricSlot(short Min, short Mean, short Max);

/// <summary>A slot that is still being filled.</summary>
struct MetricTally
{
    short min;
    short max;
    int sum;
    ushort count;

    public readonly bool IsEmpty => count == 0;

    public void Add(short value)
    {
        // More than a day of reports each second fits nobody.
        if (count == ushort.MaxValue)
            return;
        (min, max) = count == 0 ? (value, value) : (Math.Min(min, value), Math.Max(max, value));
        sum += value;
        count++;
    }

    public readonly MetricSlot Slot => new(min, (short)Math.Round(sum / (double)count), max);
}
