namespace Loa.Speaker.Timing;

/// <summary>The one clock of a speaker: it counts by the machine's steady counter, is put right by the server, and does not care what becomes of the machine's calendar.</summary>
/// <remarks>
/// The machine's calendar is asked once, as a first guess. After that only the counter counts, so that a calendar that
/// jumps by an hour, is set to another year or changes its zone moves nothing. Small errors are made good by running a
/// little faster or slower, large ones at once. After a sleep of the machine the time is a guess again, as after a start.
/// </remarks>
sealed class AirClock : TimeProvider
{
    // Nothing of this software is older.
    static readonly DateTimeOffset made = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    // A timetable reaches a week ahead; a machine that claims to have slept longer than this has nothing to play.
    static readonly TimeSpan longestSleep = TimeSpan.FromDays(30);
    static readonly TimeSpan firstYears = TimeSpan.FromDays(20 * 365);

    // More is not made good slowly.
    static readonly TimeSpan largest = TimeSpan.FromMilliseconds(128);

    // Of a second in a second: too little to be heard, enough to be right within half a minute.
    const double Haste = 0.005;

    /// <summary>How far an ordinary crystal leaves the rate that was found for it.</summary>
    public const double Wander = 1e-6;

    // So long a speaker that has a line may take to be told the time after its start, and to be told it at the worst.
    static readonly TimeSpan startupQuiet = TimeSpan.FromSeconds(15);
    static readonly TimeSpan patience = TimeSpan.FromMinutes(2);

    readonly TimeProvider machine;
    readonly DateTimeOffset earliest;
    readonly SleepWatch sleep;
    long began;
    int sleeps;
    ClockState state;
    Course course;

    /// <param name="earliest">Before this it cannot be; null when nothing is known.</param>
    /// <param name="skew">How fast the machine's counter was found to run the last time; null when it was never compared.</param>
    public AirClock(TimeProvider machine, DateTimeOffset? earliest = null, Skew? skew = null)
    {
        this.machine = machine;
        this.earliest = earliest ?? made;
        sleep = new SleepWatch(machine);
        began = machine.GetTimestamp();
        var guess = machine.GetUtcNow();
        var latest = earliest is { } known ? known + longestSleep : made + firstYears;
        var isPlausible = guess >= this.earliest && guess <= latest;
        State = isPlausible ? ClockState.Guessed : ClockState.Unknown;
        course = new Course(
            machine.GetTimestamp(),
            isPlausible ? guess : this.earliest,
            (skew ?? Skew.Unknown).Remembered,
            TimeSpan.Zero
        );
    }

    public ClockState State
    {
        get
        {
            Wake();
            return state;
        }
        private set => state = value;
    }

    /// <summary>How many sleeps of the machine were noticed: what was known before them is out of date.</summary>
    public int Sleeps
    {
        get
        {
            Wake();
            return sleeps;
        }
    }

    /// <summary>The machine has slept, and the time is to be asked for.</summary>
    public event Action? Woke;

    /// <summary>
    /// How much longer a guess is not played by, zero when it is: a calendar that starts an hour ahead would let sound what is
    /// not due yet. Without a line it is all there is, and whoever is silent for long misses what was right.
    /// </summary>
    public TimeSpan StartupQuiet => Left(startupQuiet);

    /// <summary>How much longer nothing is given up for a guess: what seems to be over may be still to come.</summary>
    public TimeSpan ClockGrace => Left(patience);

    /// <summary>How far it was off when it was last compared with the server's.</summary>
    public TimeSpan? Offset { get; private set; }

    /// <summary>How fast the machine's counter runs.</summary>
    public Skew Skew => Volatile.Read(ref course).Skew;

    /// <summary>How far it may be off now.</summary>
    public TimeSpan Error
    {
        get
        {
            var now = Volatile.Read(ref course);
            if (State != ClockState.Known)
                return TimeSpan.FromDays(1);
            var since = machine.GetElapsedTime(now.At);
            return now.Error + (since * (Wander + (2 * now.Skew.Doubt))) + now.Left(since).Duration();
        }
    }

    public override long TimestampFrequency => machine.TimestampFrequency;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override long GetTimestamp() => machine.GetTimestamp();

    public override DateTimeOffset GetUtcNow()
    {
        var now = Volatile.Read(ref course);
        return now.Utc(machine.GetElapsedTime(now.At));
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        machine.CreateTimer(callback, state, dueTime, period);

    /// <summary>Before the server could be asked, somebody who cannot prove it says what time it is.</summary>
    public void Suggest(DateTimeOffset moment)
    {
        if (State != ClockState.Unknown || moment < earliest)
            return;
        Volatile.Write(ref course, new Course(machine.GetTimestamp(), moment, Skew, TimeSpan.Zero));
        State = ClockState.Guessed;
    }

    /// <summary>Puts it right.</summary>
    /// <param name="off">What is missing from it now.</param>
    /// <param name="error">How far even the right time may be off.</param>
    /// <param name="skew">How fast the machine's counter runs.</param>
    /// <returns>Whether it jumped.</returns>
    public bool Correct(TimeSpan off, TimeSpan error, Skew skew)
    {
        var at = machine.GetTimestamp();
        var before = Volatile.Read(ref course);
        var utc = before.Utc(machine.GetElapsedTime(before.At, at));
        var jumps = State != ClockState.Known || off.Duration() > largest;
        var after = new Course(at, jumps ? utc + off : utc, skew, jumps ? TimeSpan.Zero : off) { Error = error };
        Volatile.Write(ref course, after);
        Offset = off;
        State = ClockState.Known;
        return jumps;
    }

    // Asked with every question about the time, so that nothing sounds by a clock that stood still.
    void Wake()
    {
        lock (sleep)
        {
            if (!sleep.HasSlept())
                return;
            (began, sleeps) = (machine.GetTimestamp(), sleeps + 1);
            if (state == ClockState.Known)
                state = ClockState.Guessed;
        }
        Woke?.Invoke();
    }

    TimeSpan Left(TimeSpan of)
    {
        var left = State == ClockState.Guessed ? of - machine.GetElapsedTime(began) : TimeSpan.Zero;
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    /// <summary>How time runs on from one moment of the counter.</summary>
    /// <param name="Slew">What is still to be made good bit by bit.</param>
    sealed record Course(long At, DateTimeOffset Start, Skew Skew, TimeSpan Slew)
    {
        public TimeSpan Error { get; init; }

        public DateTimeOffset Utc(TimeSpan since) => Start + since + (since * Skew.Rate) + (Slew - Left(since));

        /// <summary>What has not been made good yet.</summary>
        public TimeSpan Left(TimeSpan since)
        {
            var done = since * Haste;
            return Slew.Duration() <= done ? TimeSpan.Zero
                : Slew > TimeSpan.Zero ? Slew - done
                : Slew + done;
        }
    }
}
