using Loa.Air;
using Loa.Audio;
using Loa.Speaker.Media;
using Loa.Speaker.Schedule;
using Loa.Speaker.Trust;

namespace Loa.Speaker.Playing;

/// <summary>Lets each item be heard at its moment, once verified, and writes down how it went.</summary>
sealed class Player(
    Programme programme,
    ItemBook book,
    Guard guard,
    MediaShelf shelf,
    IOutput output,
    Volume volume,
    Signal wake,
    TimeProvider clock,
    EventLog log
)
{
    // Reading, verifying and noting take time; what is due so soon is made ready now.
    static readonly TimeSpan ahead = TimeSpan.FromMilliseconds(500);

    // Below this a late beginning is not worth a cut.
    static readonly TimeSpan near = TimeSpan.FromMilliseconds(5);

    Guid? identify;

    public async Task Run(CancellationToken cancel)
    {
        while (!cancel.IsCancellationRequested)
        {
            var now = clock.GetUtcNow();
            foreach (var entry in programme.Overdue(now))
            {
                book.Miss(entry);
                programme.Close(entry);
            }
            if (programme.Pick(now) is { } due)
                await Play(due, cancel);
            else if (programme.Pick(now + ahead) is { } soon)
                await Play(soon, cancel);
            else if (identify is { } command)
                await Beep(command, cancel);
            else
                await wake.Wait(Sleep(now), cancel);
        }
    }

    /// <summary>Beeps when nothing else sounds; false when something does.</summary>
    public bool Identify(Guid command)
    {
        if (programme.Playing is not null)
            return false;
        identify = command;
        wake.Raise();
        return true;
    }

    // One after the other without a pause: the next is ready before the one before it falls silent, and the end of the one
    // before is written down while the next sounds.
    async Task Play(Entry first, CancellationToken cancel)
    {
        var act = Prepare(first);
        var ending = Task.CompletedTask;
        while (act is not null)
        {
            programme.Begin(act.Entry);
            var turn = new Turn(programme, Prepare, clock, cancel);
            var end = await Sound(act, turn, cancel);
            await ending;
            var ended = act;
            ending = Task.Run(() => Close(ended.Entry, end), CancellationToken.None);
            act = await turn.Next;
        }
        await ending;
    }

    /// <returns>Null when it may not, or cannot yet, be heard.</returns>
    Act? Prepare(Entry entry)
    {
        try
        {
            var moment = entry.Item.Start > clock.GetUtcNow() ? entry.Item.Start : clock.GetUtcNow();
            var verdict = guard.Item(entry.Item, entry.ReleaseText, moment);
            if (!verdict.Ok)
            {
                book.Refuse(entry.Item, entry.Note, verdict.Reason);
                programme.Close(entry);
                return null;
            }
            if (shelf.Read(entry.Release) is not { } file || OggOpus.TryOpen(file, out var sound) != OggFault.None)
            {
                programme.Lost(entry);
                return null;
            }
            book.Begin(entry, moment);
            return new Act(entry, sound!);
        }
        finally
        {
            wake.Raise();
        }
    }

    async Task<Ending> Sound(Act act, Turn turn, CancellationToken cancel)
    {
        var (entry, sound) = act;
        var start = clock.GetUtcNow();
        try
        {
            using var voice = output.Open($"{entry.Item.Id:d}-{entry.Note.Tries}");
            using var playback = new OpusPlayback(sound);
            await Until(entry.Item.Start, cancel);
            start = clock.GetUtcNow();
            var late = entry.Item.Now ? TimeSpan.Zero : start - entry.Item.Start;
            if (late > near)
                playback.Seek(late);
            var left = sound.Duration - (late > near ? late : TimeSpan.Zero);
            var reason = voice.IsHeard
                ? await new Performance(playback.Read, voice, turn.Why, () => volume.Level / 100.0, clock).Run()
                : await Imagine(left, turn, cancel);
            var outcome = reason is null ? PlayOutcome.Played : PlayOutcome.Interrupted;
            return new Ending(outcome, reason, start, clock.GetUtcNow());
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            return new Ending(PlayOutcome.Interrupted, StopReason.Shutdown, start, clock.GetUtcNow());
        }
        catch (Exception failure) when (failure is AlsaException or IOException or ToolMissingException)
        {
            log.Tell("output-failed", ("item", entry.Item.Id), ("detail", failure.Message));
            return new Ending(PlayOutcome.Failed, StopReason.Output, start, clock.GetUtcNow());
        }
    }

    void Close(Entry entry, Ending end)
    {
        book.End(entry, end.Outcome, end.Reason, end.Start, end.End);
        if (entry.Note.Closed)
            programme.Close(entry);
        else
            programme.Reopen(entry);
    }

    // Nobody hears it, so only its time passes.
    async Task<string?> Imagine(TimeSpan left, Turn turn, CancellationToken cancel)
    {
        var began = clock.GetTimestamp();
        while (true)
        {
            if (turn.Why() is { } reason)
                return reason;
            var rest = left - clock.GetElapsedTime(began);
            if (rest <= TimeSpan.Zero)
                return null;
            var quiet = programme.Quiet(clock.GetUtcNow(), ahead);
            await wake.Wait(rest < quiet ? rest : quiet, cancel);
        }
    }

    async Task Beep(Guid command, CancellationToken cancel)
    {
        identify = null;
        var tone = Tone.Identify();
        var at = 0;
        try
        {
            using var voice = output.Open($"identify-{command:d}");
            int Read(Span<short> pcm)
            {
                var count = Math.Min(pcm.Length, tone.Length - at);
                tone.AsSpan(at, count).CopyTo(pcm);
                at += count;
                return count;
            }
            // Anything that is due is more pressing than a beep.
            string? Due() =>
                cancel.IsCancellationRequested ? StopReason.Shutdown
                : programme.Pick(clock.GetUtcNow()) is null ? null
                : StopReason.Outranked;
            await new Performance(Read, voice, Due, () => volume.Level / 100.0, clock).Run();
        }
        catch (Exception failure) when (failure is AlsaException or IOException or ToolMissingException)
        {
            log.Tell("output-failed", ("command", command), ("detail", failure.Message));
        }
    }

    async Task Until(DateTimeOffset moment, CancellationToken cancel)
    {
        var wait = moment - clock.GetUtcNow();
        if (wait > TimeSpan.Zero)
            await Task.Delay(wait, clock, cancel);
    }

    TimeSpan Sleep(DateTimeOffset now)
    {
        var quiet = programme.Quiet(now, ahead);
        return quiet > ahead ? quiet - ahead : quiet;
    }

    sealed record Ending(PlayOutcome Outcome, string? Reason, DateTimeOffset Start, DateTimeOffset End);
}

/// <summary>An item about to be heard: verified, read, and noted as begun.</summary>
sealed record Act(Entry Entry, OggOpus Sound);
