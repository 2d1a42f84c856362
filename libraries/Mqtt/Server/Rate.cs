namespace Loa.Mqtt.Server;

/// <summary>How often something may happen: so many at once, and then so many a second.</summary>
public readonly record struct Rate(double PerSecond, double AtOnce)
{
    /// <summary>For a host that judges by itself.</summary>
    public static Rate Unbounded { get; } = new(double.MaxValue, double.MaxValue);

    /// <summary>What is left of <paramref name="tokens"/> counted at one moment when some seconds have passed.</summary>
    internal double Refilled(double tokens, double seconds) => Math.Min(AtOnce, tokens + seconds * PerSecond);
}
