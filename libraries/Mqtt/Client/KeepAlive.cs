namespace Loa.Mqtt.Client;

/// <summary>Pings when nothing was sent, or nothing was heard, for too long, and notices when the server has gone silent.</summary>
sealed class KeepAlive : IDisposable
{
    readonly TimeProvider clock;
    readonly TimeSpan due;
    readonly TimeSpan silence;
    readonly TimeSpan patience;
    readonly Action ping;
    readonly Action silent;
    readonly ITimer? timer;
    long lastSent;
    long lastHeard;

    // 0 when no answer is awaited.
    long pingedAt;

    public KeepAlive(TimeProvider clock, TimeSpan interval, MqttClientOptions options, Action ping, Action silent)
    {
        (this.clock, this.ping, this.silent) = (clock, ping, silent);
        (silence, patience) = (options.SilenceAllowed, options.PingTimeout);
        lastSent = lastHeard = clock.GetTimestamp();

        // A little early, never late; and not earlier, for on a connection that is paid by the byte each ping counts.
        due = interval * 0.98;
        if (interval > TimeSpan.Zero)
            timer = clock.CreateTimer(_ => Tick(), null, due < silence ? due : silence, Timeout.InfiniteTimeSpan);
    }

    public void Sent() => Volatile.Write(ref lastSent, clock.GetTimestamp());

    public void Heard()
    {
        Volatile.Write(ref lastHeard, clock.GetTimestamp());
        Volatile.Write(ref pingedAt, 0);
    }

    void Tick()
    {
        var awaited = Volatile.Read(ref pingedAt);
        var left = awaited == 0 ? UntilPing() : patience - clock.GetElapsedTime(awaited);
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

    TimeSpan UntilPing()
    {
        var sent = due - clock.GetElapsedTime(Volatile.Read(ref lastSent));
        var heard = silence - clock.GetElapsedTime(Volatile.Read(ref lastHeard));
        return sent < heard ? sent : heard;
    }

    public void Dispose() => timer?.Dispose();
}
