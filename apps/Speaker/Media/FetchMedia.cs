using Loa.Air;
using Loa.Audio;
using Loa.Speaker.Link;
using Loa.Speaker.Schedule;

namespace Loa.Speaker.Media;

/// <summary>Brings the sound of each item here ahead of its time, verifies it, and says so; what cannot be good is refused.</summary>
/// <remarks>One at a time: on a slow line two would each come at half the speed, and the one that is due first too late.</remarks>
sealed class FetchMedia(
    Programme programme,
    ItemBook book,
    MediaShelf shelf,
    MediaSource source,
    Func<Uri> folder,
    Outbox outbox,
    Signal changed,
    TimeProvider clock,
    EventLog log
)
{
    /// <summary>Why an item was missed: there was no room for its sound.</summary>
    public const string NoRoom = "storage.full";

    readonly Attempts attempts = new(shelf.Has);

    public async Task Run(CancellationToken cancel)
    {
        while (true)
        {
            var now = clock.GetUtcNow();
            var wanted = programme.Wanted(now).First(now);
            attempts.Keep(wanted);
            var next = wanted.FirstOrDefault(entry => attempts.MayAsk(entry, now));
            if (next is not null)
                await Bring(next, cancel);
            else
                await changed.Wait(attempts.Pause(now), cancel);
        }
    }

    /// <summary>What the sounds here are good for now.</summary>
    public Needs Needs()
    {
        var needed = programme.Needed;
        return new(
            clock.GetUtcNow(),
            needed
                .Where(entry => !entry.IsFiller)
                .GroupBy(entry => entry.Release.Digest)
                .ToDictionary(same => same.Key, same => same.Min(entry => entry.Item.Start)),
            needed.Where(entry => entry.IsFiller).Select(entry => entry.Release.Digest).ToHashSet()
        );
    }

    async Task Bring(Entry entry, CancellationToken cancel)
    {
        try
        {
            if (await TryBring(entry, cancel) is { } reason)
                Refuse(entry, reason);
        }
        catch (IOException failing)
        {
            // The disk is full or failing; it is tried again, with more room made, and in the end reported as missed.
            log.Tell("storage", ("detail", failing.Message));
            Later(entry, NoRoom);
        }
    }

    void Refuse(Entry entry, string reason)
    {
        log.Tell("media-refused", ("item", entry.Item.Id), ("digest", entry.Release.Digest), ("reason", reason));
        if (programme.Spoil(entry, reason))
        {
            // Something else may sound at its time; then it has its last word.
            if (!entry.IsFiller)
                outbox.Progress(entry.Item, ItemProgress.Refused, reason);
            return;
        }
        book.Refuse(entry.Item, entry.Note, reason);
        programme.Close(entry);
    }

    /// <returns>Why it can never be good; null when it is here, or comes later.</returns>
    async Task<string?> TryBring(Entry entry, CancellationToken cancel)
    {
        var release = entry.Release;
        var sound = shelf.Read(release);
        for (var fresh = false; sound is null; fresh = true)
        {
            var fetched = await Fetch(entry, cancel);
            if (fetched == Fetched.Length)
                return Refusal.MediaLength;
            if (fetched != Fetched.Whole)
                return null;
            if (shelf.Finish(release))
                sound = shelf.Read(release);
            else if (fresh)
                return Refusal.MediaDigest;
        }
        if (OggOpus.TryOpen(sound, out _) != OggFault.None)
            return Refusal.MediaFormat;
        attempts.Came(entry);
        if (!entry.IsFiller)
            outbox.Progress(entry.Item, ItemProgress.Verified);
        programme.Ready(entry);
        return null;
    }

    async Task<Fetched> Fetch(Entry entry, CancellationToken cancel)
    {
        var release = entry.Release;
        if (!shelf.MakeRoom(release, Needs()))
        {
            Later(entry, NoRoom);
            return Fetched.Unreachable;
        }
        using var part = shelf.OpenPart(release);
        var fetched = await source.Fetch(
            folder(),
            release.Digest,
            release.Length,
            part,
            () => IsOvertaken(entry),
            cancel
        );
        if (fetched == Fetched.Length)
            shelf.DropPart(release);
        if (fetched == Fetched.Unreachable)
            Later(entry, Refusal.MediaUnreachable);
        return fetched;
    }

    void Later(Entry entry, string obstacle)
    {
        attempts.Failed(entry, clock.GetUtcNow());
        entry.Obstacle = obstacle;
        log.Tell("media-away", ("item", entry.Item.Id), ("digest", entry.Release.Digest), ("reason", obstacle));
    }

    // Whatever is wanted more and may be asked for goes first; what came so far is kept.
    bool IsOvertaken(Entry entry)
    {
        var now = clock.GetUtcNow();
        var first = programme.Wanted(now).First(now).FirstOrDefault(other => attempts.MayAsk(other, now));
        return first is not null && first != entry && first.Release.Digest != entry.Release.Digest;
    }
}
