using Loa.Air;
using Loa.Speaker.Messages;
using Loa.Speaker.Schedule;

namespace Loa.Speaker.Media;

/// <summary>Brings the sound of each item here ahead of its time, and says so; what cannot be good is refused.</summary>
/// <remarks>One at a time: on a slow line two would each come at half the speed, and the one that is due first too late.</remarks>
sealed class Prefetch(
    PlayQueue queue,
    ItemStore items,
    BringSound bring,
    ReportQueue reports,
    Wakeup changed,
    TimeProvider clock,
    EventLog log
)
{
    readonly RetrySchedule attempts = new(bring.IsHere);

    public async Task Run(CancellationToken cancel)
    {
        while (true)
        {
            var now = clock.GetUtcNow();
            var wanted = queue.Wanted(now).First(now);
            attempts.Keep(wanted);
            var next = wanted.FirstOrDefault(entry => attempts.MayAsk(entry, now));
            if (next is not null)
                await Bring(next, cancel);
            else
                await changed.Wait(attempts.Pause(now), cancel);
        }
    }

    async Task Bring(RecordedEntry entry, CancellationToken cancel)
    {
        try
        {
            var brought = await bring.Run(entry.Release, () => IsOvertaken(entry), cancel);
            if (brought.Ok)
                Came(entry);
            else if (brought.Refusal is { } reason)
                Refuse(entry, reason);
            else if (brought.Obstacle is { } obstacle)
                Later(entry, obstacle);
        }
        catch (IOException failing)
        {
            // The disk is full or failing; it is tried again, with more room made, and in the end reported as missed.
            log.Tell("storage", ("detail", failing.Message));
            Later(entry, BringSound.NoRoom);
        }
    }

    void Came(RecordedEntry entry)
    {
        attempts.Came(entry);
        if (!entry.IsFiller)
            reports.Progress(entry.Item, ItemProgress.Verified);
        queue.Ready(entry);
    }

    void Refuse(RecordedEntry entry, string reason)
    {
        log.Tell("media-refused", ("item", entry.Item.Id), ("digest", entry.Release.Digest), ("reason", reason));
        if (queue.Spoil(entry, reason))
        {
            // Something else may sound at its time; then it has its last word.
            if (!entry.IsFiller)
                reports.Progress(entry.Item, ItemProgress.Refused, reason);
            return;
        }
        items.Refuse(entry.Item, entry.Note, reason);
        queue.Close(entry);
    }

    void Later(RecordedEntry entry, string obstacle)
    {
        attempts.Failed(entry, clock.GetUtcNow());
        entry.Obstacle = obstacle;
        log.Tell("media-away", ("item", entry.Item.Id), ("digest", entry.Release.Digest), ("reason", obstacle));
    }

    // Whatever is wanted more and may be asked for goes first; what came so far is kept.
    bool IsOvertaken(RecordedEntry entry)
    {
        var now = clock.GetUtcNow();
        var first = queue.Wanted(now).First(now).FirstOrDefault(other => attempts.MayAsk(other, now));
        return first is not null && first != entry && first.Release.Digest != entry.Release.Digest;
    }
}
