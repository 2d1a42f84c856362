namespace Loa.Mqtt.Client;

/// <summary>Pings when nothing was sent for a while and notices when the server has gone silent.</summary>
sealed class KeepAlive : IDisposable
{
    readonly TimeProvider clock;
    readonly TimeSpan interval;
    readonly TimeSpan patience;
    readonly Action ping;
    readonly Action silent;
    readonly ITimer? timer;
    long lastSent;

    // 0 when no answer is awaited.
    long pingedAt;

    public KeepAlive(TimeProvider clock, TimeSpan interval, TimeSpan patience, Action ping, Action silent)
    {
        (this.clock, this.interval, this.patience, this.ping, this.silent) = (clock, interval, patience, ping, silent);
        lastSent = clock.GetTimestamp();

        // A quarter early at most, never late.
        var step = interval / 4;
        if (interval > TimeSpan.Zero)
            timer = clock.CreateTimer(_ => Tick(), null, step, step);
    }

    public void Sent() => Volatile.Write(ref lastSent, clock.GetTimestamp());

    public void Heard() => Volatile.Write(ref pingedAt, 0);

    void Tick()
    {
        var awaited = Volatile.Read(ref pingedAt);
        if (awaited != 0)
        {
            if (clock.GetElapsedTime(awaited) >= patience)
                silent();
        }
        else if (clock.GetElapsedTime(Volatile.Read(ref lastSent)) >= interval * 0.75)
        {
            Volatile.Write(ref pingedAt, clock.GetTimestamp());
            ping();
        }
    }

    public void Dispose() => timer?.Dispose();
}
