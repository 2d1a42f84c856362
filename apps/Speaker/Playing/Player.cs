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

    async Task Play(Entry entry, CancellationToken cancel)
    {
        var moment = entry.Item.Start > clock.GetUtcNow() ? entry.Item.Start : clock.GetUtcNow();
        var verdict = guard.Item(entry.Item, entry.ReleaseText, moment);
        if (!verdict.Ok)
        {
            book.Refuse(entry.Item, entry.Note, verdict.Reason);
            programme.Close(entry);
            return;
        }
        if (shelf.Read(entry.Release) is not { } file || OggOpus.TryOpen(file, out var sound) != OggFault.None)
        {
            programme.Lost(entry);
            return;
        }
        book.Begin(entry, moment);
        programme.Begin(entry);
        try
        {
            await Sound(entry, sound!, cancel);
        }
        finally
        {
            if (entry.Note.Closed)
                programme.Close(entry);
            else
                programme.Reopen(entry);
        }
    }

    async Task Sound(Entry entry, OggOpus sound, CancellationToken cancel)
    {
        var start = clock.GetUtcNow();
        string? reason;
        try
        {
            using var voice = output.Open($"{entry.Item.Id:d}-{entry.Note.Tries}");
            using var playback = new OpusPlayback(sound);
            await Until(entry.Item.Start, cancel);
            start = clock.GetUtcNow();
            var offset = entry.Item.Now ? TimeSpan.Zero : start - entry.Item.Start;
            if (offset > near)
                playback.Seek(offset);
            var left = sound.Duration - (offset > near ? offset : TimeSpan.Zero);
            reason = voice.IsHeard
                ? await new Performance(playback.Read, voice, () => Why(cancel), () => volume.Gain, clock).Run()
                : await Imagine(left, cancel);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            reason = StopReason.Shutdown;
        }
        catch (Exception failure) when (failure is AlsaException or IOException or ToolMissingException)
        {
            log.Tell("output-failed", ("item", entry.Item.Id), ("detail", failure.Message));
            book.End(entry, PlayOutcome.Failed, StopReason.Output, start, clock.GetUtcNow());
            return;
        }
        var outcome = reason is null ? PlayOutcome.Played : PlayOutcome.Interrupted;
        book.End(entry, outcome, reason, start, clock.GetUtcNow());
    }

    // Nobody hears it, so only its time passes.
    async Task<string?> Imagine(TimeSpan left, CancellationToken cancel)
    {
        var began = clock.GetTimestamp();
        while (true)
        {
            if (Why(cancel) is { } reason)
                return reason;
            var rest = left - clock.GetElapsedTime(began);
            if (rest <= TimeSpan.Zero)
                return null;
            var quiet = programme.Quiet(clock.GetUtcNow());
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
            string? Due() => programme.Pick(clock.GetUtcNow()) is null ? Why(cancel) : StopReason.Outranked;
            await new Performance(Read, voice, Due, () => volume.Gain, clock).Run();
        }
        catch (Exception failure) when (failure is AlsaException or IOException or ToolMissingException)
        {
            log.Tell("output-failed", ("command", command), ("detail", failure.Message));
        }
    }

    string? Why(CancellationToken cancel) =>
        cancel.IsCancellationRequested ? StopReason.Shutdown : programme.WhyStop(clock.GetUtcNow());

    async Task Until(DateTimeOffset moment, CancellationToken cancel)
    {
        var wait = moment - clock.GetUtcNow();
        if (wait > TimeSpan.Zero)
            await Task.Delay(wait, clock, cancel);
    }

    TimeSpan Sleep(DateTimeOffset now)
    {
        var quiet = programme.Quiet(now);
        return quiet > ahead ? quiet - ahead : quiet;
    }
}
