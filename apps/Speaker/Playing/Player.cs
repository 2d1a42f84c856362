using Loa.Air;
using Loa.Audio;
using Loa.Speaker.Controls;
using Loa.Speaker.Schedule;
using Loa.Speaker.Timing;

namespace Loa.Speaker.Playing;

/// <summary>The one loop through which all sound of this speaker goes, at the pace of its clock.</summary>
sealed class Player(Deck deck, IOutput output, Volume volume, Wakeup wake, AirClock clock, EventLog log)
{
    /// <summary>How far ahead of its moment sound is handed over: short enough to be cut in upon, long enough for a busy machine.</summary>
    public static readonly TimeSpan Lead = TimeSpan.FromMilliseconds(40);

    static readonly TimeSpan beat = TimeSpan.FromMilliseconds(10);

    // So that a broken output is not taken for a broken journal, which must end the speaker.
    bool isAtOutput;

    /// <summary>How the last sound really went out; null when there was none.</summary>
    public SoundState? Sound => deck.Sound;

    public async Task Run(CancellationToken cancel)
    {
        using var ending = cancel.Register(wake.Raise);
        deck.Settle(clock.GetUtcNow());
        while (!cancel.IsCancellationRequested)
        {
            var now = clock.GetUtcNow();
            deck.Plan(now);
            if (deck.IsBusy)
                await Perform(cancel);
            else
                await wake.Wait(deck.Rest(now), cancel);
        }
    }

    /// <summary>Beeps when nothing else sounds; false when something does.</summary>
    public bool Identify(Guid command)
    {
        var tone = ToneSource.Identify();
        return Signal(new Cue($"identify-{command:d}", PlayOrder.Lowest, tone.Length, output.IsHeard ? tone : null));
    }

    /// <summary>Lets a plain tone be heard for a microphone; false when something else sounds.</summary>
    public bool Test(TimeSpan length)
    {
        var tone = ToneSource.Test(length);
        return Signal(new Cue("test", PlayOrder.Lowest, tone.Length, output.IsHeard ? tone : null));
    }

    bool Signal(Cue cue)
    {
        if (!deck.TrySignal(cue))
            return false;
        wake.Raise();
        return true;
    }

    async Task Perform(CancellationToken cancel)
    {
        try
        {
            if (output.IsHeard)
                await Play(cancel);
            else
                await Imagine(cancel);
        }
        catch (Exception failure) when (isAtOutput && failure is (AlsaException or IOException or ToolMissingException))
        {
            log.Tell("output-failed", ("detail", failure.Message));
            deck.Fail(clock.GetUtcNow());
        }
        isAtOutput = false;
        await deck.Written;
    }

    async Task Play(CancellationToken cancel)
    {
        isAtOutput = true;
        using var track = output.Open(volume.Horns.Count, clock);
        isAtOutput = false;
        var mixer = new Mixer(volume, track.Channels);
        using var tick = new PeriodicTimer(beat, clock);
        while (true)
        {
            if (cancel.IsCancellationRequested)
                deck.Close();
            Fill(track, mixer);
            deck.Settle(clock.GetUtcNow());
            if (!deck.IsBusy)
                break;
            // Without a token: what sounds is faded out.
            await tick.WaitForNextTickAsync(CancellationToken.None);
        }
        isAtOutput = true;
        track.Finish();
    }

    void Fill(ITrack track, Mixer mixer)
    {
        while (Delay(track) is var delay && delay < Lead)
        {
            var at = clock.GetUtcNow() + delay;
            deck.Plan(at);
            deck.Start(at, Mixer.Frame);
            Write(track, deck.Mix(mixer, at));
        }
    }

    TimeSpan Delay(ITrack track)
    {
        isAtOutput = true;
        var delay = track.Delay;
        isAtOutput = false;
        return delay;
    }

    void Write(ITrack track, ReadOnlySpan<short> frame)
    {
        isAtOutput = true;
        var at = 0;
        if (deck.Beginning is { } beginning)
        {
            at = beginning.At * track.Channels;
            track.Write(frame[..at]);
            track.Name(beginning.Cue.Name);
        }
        if (deck.Falling is { } falling)
        {
            var end = falling * track.Channels;
            track.Write(frame[at..end]);
            track.Name(null);
            at = end;
        }
        track.Write(frame[at..]);
        isAtOutput = false;
    }

    // Nobody hears it, so only its time passes.
    async Task Imagine(CancellationToken cancel)
    {
        var last = clock.GetTimestamp();
        while (true)
        {
            if (cancel.IsCancellationRequested)
                deck.Close();
            var passed = clock.GetElapsedTime(last);
            var now = clock.GetUtcNow();
            last = clock.GetTimestamp();
            deck.Pass(now - passed, Samples.In(passed));
            deck.Plan(now);
            deck.Start(now, 0);
            deck.Pass(now, 0);
            deck.Settle(now);
            if (!deck.IsBusy)
                return;
            await wake.Wait(deck.Rest(now), CancellationToken.None);
        }
    }
}
