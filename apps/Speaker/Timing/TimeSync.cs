using System.Buffers.Text;
using System.Security.Cryptography;
using Loa.Air;
using Loa.Speaker.Records;
using Loa.Speaker.Store;
using Loa.Speaker.Trust;

namespace Loa.Speaker.Timing;

/// <summary>Asks the server for the time, believes only signed answers to its own questions, and puts the speaker's clock right.</summary>
/// <param name="sending">Raised when a question is to go out.</param>
sealed class TimeSync(AirClock clock, Guard guard, Journal journal, RecordStore records, Wakeup sending, EventLog log)
{
    // Whoever answers later than this was not listening.
    static readonly TimeSpan patience = TimeSpan.FromSeconds(15);

    // A told time may be this much before what is known to be past; more would bring expired releases to life. Nor may it
    // be more after a time that is known: a server that went wrong for an hour must not take its speakers with it for good.
    static readonly TimeSpan mostOff = TimeSpan.FromHours(24);

    // A server that does not tell the time must not silence its speakers.
    static readonly TimeSpan longestWait = TimeSpan.FromSeconds(30);
    static readonly TimeSpan goodEnough = TimeSpan.FromMilliseconds(100);
    static readonly TimeSpan unexplained = TimeSpan.FromMilliseconds(128);
    static readonly TimeSpan betweenNotes = TimeSpan.FromMinutes(10);

    // So many answers must agree before a known time is given up.
    const int Witnesses = 3;

    readonly Lock gate = new();
    readonly TimeFilter filter = new(clock.Skew);
    readonly Rhythm rhythm = new(clock);
    readonly Wakeup changed = new(clock);
    readonly List<TimeSample> suspects = [];
    readonly Queue<Action> waiting = new();
    long waitingSince;
    DateTimeOffset earliest = Earliest.Of(journal) ?? DateTimeOffset.MinValue;
    (string Nonce, TimeSpan At)? asked;
    TimeSpan? noted;
    int sleeps;
    bool isConnected;
    bool isStrange;

    /// <summary>The time is known at last, or has jumped.</summary>
    public event Action? Found;

    public async Task Run(CancellationToken cancel)
    {
        while (true)
        {
            TimeSpan due;
            lock (gate)
                due = isConnected ? rhythm.Due : betweenNotes;
            if (due == TimeSpan.Zero)
            {
                sending.Raise();
                due = patience;
            }
            await changed.Wait(due, cancel);
            lock (gate)
                Note();
            if (clock.GetElapsedTime(Volatile.Read(ref waitingSince)) >= longestWait)
                Release();
        }
    }

    /// <summary>Does what cannot be judged without knowing the time: at once, or as soon as the time is known, in order.</summary>
    public void WhenKnown(Action work)
    {
        lock (gate)
        {
            if (clock.State == ClockState.Unknown)
            {
                if (waiting.Count == 0)
                    Volatile.Write(ref waitingSince, clock.GetTimestamp());
                waiting.Enqueue(work);
                return;
            }
        }
        work();
    }

    /// <summary>The link is up.</summary>
    public void Connected()
    {
        lock (gate)
        {
            (isConnected, asked) = (true, null);
            var isNeeded = clock.State != ClockState.Known || clock.Error > goodEnough;
            rhythm.Connected(clock.State, isNeeded);
        }
        changed.Raise();
    }

    public void Disconnected()
    {
        lock (gate)
            (isConnected, asked) = (false, null);
    }

    /// <summary>The question that is due, to be sent at once; null when none is.</summary>
    public TimeQuestion? Question()
    {
        lock (gate)
        {
            AskAfterSleep();
            if (!isConnected || rhythm.Due > TimeSpan.Zero)
                return null;
            rhythm.Asked();
            var nonce = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16));
            asked = (nonce, Counter());
            changed.Raise();
            return new TimeQuestion(nonce, isStrange);
        }
    }

    // What was compared before a sleep says nothing of the time after it.
    void AskAfterSleep()
    {
        if (sleeps == clock.Sleeps)
            return;
        sleeps = clock.Sleeps;
        filter.Clear();
        suspects.Clear();
        asked = null;
        rhythm.Connected(clock.State, isNeeded: true);
        changed.Raise();
    }

    public void Take(TimeMessage message)
    {
        var heard = Counter();
        guard.Learn(message.Delegations ?? []);
        if (!Judge(message, heard))
            return;
        Found?.Invoke();
        Release();
    }

    // True when the time is known at last, or has jumped.
    bool Judge(TimeMessage message, TimeSpan heard)
    {
        lock (gate)
        {
            AskAfterSleep();
            if (asked is not { } question || heard - question.At > patience)
                return false;
            var verdict = guard.Time(message.Time, question.Nonce);
            var reason = verdict.Ok ? Doubt(verdict.Document.Answered) : verdict.Reason;
            isStrange = reason == Refusal.KeyUnknown;
            if (reason is null)
            {
                asked = null;
                var told = verdict.Document!;
                return Hear(TimeSample.Of(question.At, told.Received, told.Answered, heard));
            }
            if (reason != Refusal.TimeNonce)
            {
                log.Tell("time-refused", ("reason", reason));
                records.Refuse(RefusalSubject.Time, reason, message.Time);
            }
            return false;
        }
    }

    string? Doubt(DateTimeOffset told)
    {
        var isKnown = clock.State == ClockState.Known;
        var now = isKnown ? clock.GetUtcNow() : earliest;
        return told - now < -mostOff ? Refusal.DocumentExpired
            : isKnown && told - now > mostOff ? Refusal.DocumentEarly
            : null;
    }

    void Release()
    {
        while (true)
        {
            Action work;
            lock (gate)
            {
                if (!waiting.TryDequeue(out work!))
                    return;
            }
            work();
        }
    }

    bool Hear(TimeSample sample)
    {
        var off = Off(sample.Theta, sample.At);
        var may = TimeSpan.FromTicks(sample.Delay / 2) + clock.Error + unexplained;
        var isSuspect = clock.State == ClockState.Known && off.Duration() > may;
        rhythm.Answered(!isSuspect);
        if (!isSuspect)
        {
            suspects.Clear();
            filter.Add(sample);
        }
        else if (!IsProven(sample))
            return false;
        return Correct();
    }

    // One odd answer is the network's or the server's fault; several that agree mean that the speaker is wrong.
    bool IsProven(TimeSample sample)
    {
        suspects.RemoveAll(other => Math.Abs(other.Theta - sample.Theta) > (other.Delay + sample.Delay) / 2);
        suspects.Add(sample);
        if (suspects.Count == 1)
            rhythm.Often();
        changed.Raise();
        if (suspects.Count < Witnesses)
            return false;
        filter.Clear();
        foreach (var witness in suspects)
            filter.Add(witness);
        suspects.Clear();
        return true;
    }

    bool Correct()
    {
        var now = Counter();
        var (theta, error) = filter.Estimate(now.Ticks);
        var off = Off(theta, now.Ticks);
        var wasKnown = clock.State == ClockState.Known;
        var jumped = clock.Correct(off, error, filter.Skew);
        Note();
        if (!jumped)
            return false;
        log.Tell("clock", ("off_ms", (long)off.TotalMilliseconds), ("error_ms", (long)error.TotalMilliseconds));
        return !wasKnown || off.Duration() > unexplained;
    }

    // What is missing from the clock at a moment of the counter.
    TimeSpan Off(long theta, long at)
    {
        var now = Counter();
        var utc = clock.GetUtcNow() - (now - TimeSpan.FromTicks(at));
        return TimeSpan.FromTicks(theta + at - utc.UtcTicks);
    }

    // Seldom enough for flash memory, often enough that a boot without network begins close to where the last one ended.
    void Note()
    {
        if (clock.State != ClockState.Known || (noted is { } last && Counter() - last < betweenNotes))
            return;
        noted = Counter();
        earliest = clock.GetUtcNow();
        var changes = new WriteBatch();
        Earliest.Note(changes, earliest, clock.Skew);
        journal.Commit(changes);
    }

    TimeSpan Counter() => clock.GetElapsedTime(0, clock.GetTimestamp());
}
