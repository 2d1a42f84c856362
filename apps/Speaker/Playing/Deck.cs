using Loa.Air;
using Loa.Speaker.Controls;
using Loa.Speaker.Schedule;
using Loa.Speaker.Timing;

namespace Loa.Speaker.Playing;

/// <summary>What sounds, what fades out and what comes next; it decides frame by frame, and only when something has changed does it look further.</summary>
sealed class Deck(
    PlayQueue queue,
    Preparation preparation,
    ItemStore items,
    Gain gain,
    Amplifier amplifier,
    bool isHeard,
    AirClock clock
)
{
    /// <summary>Reading, verifying and noting take time; what is due so soon is made ready now.</summary>
    public static readonly TimeSpan Ahead = TimeSpan.FromMilliseconds(500);

    // Below this a late beginning is not worth a cut.
    const long Near = Samples.Rate / 200;

    readonly List<PlayingSound> leaving = new(8);
    readonly OnItsWay over = new();
    readonly BackgroundWriter writer = new();
    PlayingSound? current;
    Cue? next;
    Task<Cue?>? preparing;
    Cue? signal;
    int version = -1;
    DateTimeOffset calm;
    bool isEnding;

    /// <summary>How the last sound really went out.</summary>
    public SoundState? Sound { get; private set; }

    /// <summary>Whether something sounds, or is about to.</summary>
    public bool IsBusy => IsSounding || next is not null || preparing is not null || !over.IsEmpty;

    bool IsSounding => current is not null || leaving.Count > 0;

    /// <summary>What begins within the frame that was just begun, and at which sample.</summary>
    public (Cue Cue, int At)? Beginning { get; private set; }

    /// <summary>The sample of the frame from which on nothing sounds any more; null when something does, or did not before.</summary>
    public int? Falling { get; private set; }

    /// <summary>Lets a signal be heard when nothing else is; false when something is, or is about to.</summary>
    public bool TrySignal(Cue cue) =>
        queue.Playing is null && Interlocked.CompareExchange(ref signal, cue, null) is null;

    /// <summary>Everything ends.</summary>
    public void Close()
    {
        isEnding = true;
        Drop();
    }

    /// <summary>Obeys, and looks for what comes next.</summary>
    public void Plan(DateTimeOffset at)
    {
        Obey();
        if (preparing is { IsCompleted: true } ready)
            (next, preparing) = (ready.GetAwaiter().GetResult(), null);
        if (isEnding)
            Drop();
        else if (preparing is null && (queue.Version != version || at >= calm || IsRunningOut || IsSignalled))
            Choose(at);
    }

    /// <summary>Begins what is due within a frame, and lets what it interrupts fade.</summary>
    /// <param name="frame">0 when nobody hears it: then what is due is due now.</param>
    public void Start(DateTimeOffset at, int frame)
    {
        Beginning = null;
        if (next is not { } cue)
            return;
        var due = cue.Item is { } item && item.Item.Start > at ? Samples.In(item.Item.Start - at) : 0;
        if (current is { } busy && cue.Rank <= busy.Cue.Rank && !busy.IsLeaving)
        {
            if (busy.Left > frame)
                return;
            due = Math.Max(due, busy.Left);
        }
        else if (current is { } lower && due <= frame + PlayingSound.FadeSamples)
            lower.Leave(StopReason.Outranked, Math.Max(0, due - PlayingSound.FadeSamples));
        if (due < frame || due == 0)
            Begin(cue, at, (int)due);
    }

    /// <summary>The next frame of all that sounds.</summary>
    public ReadOnlySpan<short> Mix(Mixer mixer, DateTimeOffset at)
    {
        mixer.Clear();
        Falling = null;
        for (var i = leaving.Count - 1; i >= 0; i--)
        {
            if (Add(leaving[i], mixer, at))
                leaving.RemoveAt(i);
        }
        var sound = current;
        if (sound is not null && Add(sound, mixer, at))
            current = null;
        if (IsSounding)
            Falling = null;
        return mixer.Write(sound?.Meter, sound?.Loudest ?? 0, gain.LeastHorn(sound?.Cue, at));
    }

    /// <summary>Nobody hears it; only the time passes.</summary>
    public void Pass(DateTimeOffset from, long samples)
    {
        foreach (var sound in leaving)
            over.Add(sound, from);
        leaving.Clear();
        if (current is not { } passing)
            return;
        var passed = passing.Pass(samples);
        if (!passing.IsOver)
            return;
        over.Add(passing, from + Samples.Time(passed));
        current = null;
    }

    /// <summary>How long nothing changes, as long as nobody says otherwise.</summary>
    public TimeSpan Rest(DateTimeOffset now)
    {
        var rest = calm - now;
        if (current is not null && Samples.Time(current.Left) < rest)
            rest = Samples.Time(current.Left);
        if (next?.Item is { } item && item.Item.Start > now && item.Item.Start - now < rest)
            rest = item.Item.Start - now;
        // Timers know only whole milliseconds, and too early is as good as not at all.
        return TimeSpan.FromMilliseconds(Math.Max(1, Math.Ceiling(rest.TotalMilliseconds)));
    }

    /// <summary>Writes down what has been heard to its end.</summary>
    public void Settle(DateTimeOffset now)
    {
        while (over.TryTake(now, out var sound, out var end))
        {
            Sound = sound.Meter.State;
            Finish(sound, end, sound.Broken is null ? PlayOutcome.Played : PlayOutcome.Interrupted, sound.Broken);
        }
        amplifier.Emergency(IsEmergency);
    }

    /// <summary>The output is broken: nothing of what sounds was heard to its end.</summary>
    public void Fail(DateTimeOffset now)
    {
        Sound = SoundState.Failed;
        if (next is { } cue)
            leaving.Add(new PlayingSound(cue, 0, now, 0, 0));
        if (current is not null)
            leaving.Add(current);
        (current, next) = (null, null);
        foreach (var sound in leaving)
            Finish(sound, now, PlayOutcome.Failed, StopReason.Output);
        leaving.Clear();
    }

    /// <summary>Returns when all is written down.</summary>
    public Task Written => writer.Done;

    /// <summary>Returns when what comes next is ready, if it is being made ready while something sounds.</summary>
    public Task Prepared => preparing ?? Task.CompletedTask;

    void Obey()
    {
        if (current is not { IsLeaving: false } sound)
            return;
        var reason =
            isEnding ? StopReason.Shutdown
            : sound.Cue.Item is not null ? queue.WhyStop
            : sound.Cue.Entry is { } missing && !queue.MaySound(missing) ? StopReason.Withdrawn
            : null;
        if (reason is not null)
            sound.Leave(reason);
    }

    bool IsEmergency =>
        current is { Cue.IsEmergency: true }
        || next is { IsEmergency: true }
        || leaving.Exists(sound => sound.Cue.IsEmergency)
        || over.HasEmergency;

    bool IsSignalled => signal is not null && next is null && !IsSounding;

    bool IsRunningOut => next is null && current is { IsLeaving: false } sound && Samples.Time(sound.Left) <= Ahead;

    void Choose(DateTimeOffset at)
    {
        version = queue.Version;
        Sweep(at);
        calm = at + queue.Quiet(at, Ahead);
        var busy = current is { IsLeaving: false } ? current : null;
        var rank = Math.Max(busy?.Cue.Rank ?? PlayOrder.Lowest, next?.Rank ?? PlayOrder.Lowest);
        if (busy is not null)
            queue.Defer(at, busy.Cue.Rank);
        if (next?.Entry is { } cued && !queue.MaySound(cued))
            Drop();
        var entry = queue.Pick(at, at + Ahead, rank);
        if (entry is null && next is null && IsRunningOut)
            entry = queue.Pick(at + Samples.Time(busy!.Left), at + Ahead);
        if (entry is not null)
            Prepare(entry, preparation.Of);
        else if (next is null && queue.Missing(at, busy?.Cue.Item is null ? rank : PlayOrder.Danger) is { } missing)
            Prepare(missing, preparation.Instead);
        else if (next is null && busy is null)
            next = Interlocked.Exchange(ref signal, null);
    }

    // Whatever sounds must not wait for a file to be read.
    void Prepare(Entry entry, Func<Entry, Cue?> make)
    {
        Drop();
        if (isHeard && IsSounding)
            preparing = Task.Run(() => make(entry));
        else
            next = make(entry);
    }

    void Sweep(DateTimeOffset at)
    {
        foreach (var entry in queue.Overdue(at))
        {
            if (next?.Entry == entry)
                Drop();
            queue.Close(entry);
            writer.Do(() => items.Miss(entry), !IsSounding || !isHeard);
        }
    }

    // What was made ready does not sound after all.
    void Drop()
    {
        if (next is not { } cue)
            return;
        next = null;
        cue.Source?.Dispose();
        if (cue.Item is { } entry)
            writer.Do(() => items.Withdraw(entry), !IsSounding || !isHeard);
    }

    void Begin(Cue cue, DateTimeOffset at, int sample)
    {
        var start = at + Samples.Time(sample);
        var first = cue.Item?.At(start) ?? 0;
        if (first < Near && cue.Item is { IsWhole: false })
            first = 0;
        if (first >= cue.Length)
        {
            Drop();
            return;
        }
        cue.Source?.Seek(first);
        var sound = new PlayingSound(cue, first, start, sample, gain.Of(cue, start)) { ClockError = clock.Error };
        if (cue.Entry is { } entry)
            sound.KeepWithin(entry);
        if (current is not null)
            leaving.Add(current);
        (current, next, Beginning) = (sound, null, (cue, sample));
        if (cue.Item is { } item)
        {
            queue.Begin(item);
            items.Sounds(item);
        }
        amplifier.Emergency(IsEmergency);
    }

    bool Add(PlayingSound sound, Mixer mixer, DateTimeOffset at)
    {
        var end = sound.AddTo(mixer.Sum, mixer.Scratch, gain.Of(sound.Cue, at));
        if (end < 0)
            return false;
        over.Add(sound, at + Samples.Time(end));
        Falling = Math.Max(Falling ?? 0, end);
        return true;
    }

    void Finish(PlayingSound sound, DateTimeOffset end, PlayOutcome outcome, string? reason)
    {
        sound.Cue.Source?.Dispose();
        if (sound.Cue.Item is not { } entry)
            return;
        var result = sound.Result(outcome, reason, end);
        writer.Do(() => Write(entry, result), !IsSounding || !isHeard);
    }

    void Write(Entry entry, PlayResult result)
    {
        items.End(entry, result);
        if (entry.Note.Closed)
            queue.Close(entry);
        else
            queue.Reopen(entry);
    }
}
