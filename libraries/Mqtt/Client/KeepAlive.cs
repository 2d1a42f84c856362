namespace Loa.Mqtt.Client;

/// <summary>Pings when nothing was sent for a while and notices when the server has gone silent.</summary>
sealed class KeepAlive : IDisposable
{
    readonly TimeProvider clock;
    readonly TimeSpan due;
    readonly TimeSpan patience;
    readonly Action ping;
    readonly Action silent;
    readonly ITimer? timer;
    long lastSent;

    // 0 when no answer is awaited.
    long pingedAt;

    public KeepAlive(TimeProvider clock, TimeSpan interval, TimeSpan patience, Action ping, Action silent)
    {
        (this.clock, this.patience, this.ping, this.silent) = (clock, patience, ping, silent);
        lastSent = clock.GetTimestamp();

        // A little early, never late; and not earlier, for on a line that is paid by the byte each ping counts.
        due = interval * 0.98;
        if (interval > TimeSpan.Zero)
            timer = clock.CreateTimer(_ => Tick(), null, due, Timeout.InfiniteTimeSpan);
    }

    public void Sent() => Volatile.Write(ref lastSent, clock.GetTimestamp());

    public void Heard() => Volatile.Write(ref pingedAt, 0);

    void Tick()
    {
        var awaited = Volatile.Read(ref pingedAt);
        var left =
            awaited == 0
                ? due - clock.GetElapsedTime(Volatile.Read(ref lastSent))
                : patience - clock.GetElapsedTime(awaited);
        if (left > TimeSpan.Zero)
        {
            timer?.Change(left, Timeout.InfiniteTimeSpan);
            return;
        }
        if (awaited != 0)
        {
            silent();
            return;
        }
        Volatile.Write(ref pingedAt, clock.GetTimestamp());
        ping();
        timer?.Change(patience, Timeout.InfiniteTimeSpan);
    }

    public void Dispose() => timer?.Dispose();
}
