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
    Func<IReadOnlyList<Release>> filler,
    Outbox outbox,
    Signal changed,
    TimeProvider clock,
    EventLog log
)
{
    /// <summary>Why an item was missed: there was no room for its sound.</summary>
    public const string NoRoom = "storage.full";

    readonly Attempts attempts = new();

    // Filler whose bytes are not what was signed: asked for again only after a restart.
    readonly HashSet<string> spoilt = [];

    public async Task Run(CancellationToken cancel)
    {
        while (true)
        {
            var now = clock.GetUtcNow();
            var wanted = Wanted(now);
            attempts.Keep(wanted);
            var next = wanted.FirstOrDefault(want => attempts.MayAsk(want, now));
            if (next is not null)
                await Bring(next, cancel);
            else
                await changed.Wait(attempts.Pause(now), cancel);
        }
    }

    /// <summary>What the sounds here are good for now.</summary>
    public Needs Needs() =>
        new(
            clock.GetUtcNow(),
            programme
                .Open.GroupBy(entry => entry.Release.Digest)
                .ToDictionary(same => same.Key, same => same.Min(entry => entry.Item.Start)),
            filler().Select(release => release.Digest).ToHashSet()
        );

    IReadOnlyList<Want> Wanted(DateTimeOffset now) =>
        Want.InOrder(
            programme.Wanted(now),
            filler().Where(release => !spoilt.Contains(release.Digest) && !shelf.Has(release)),
            now
        );

    async Task Bring(Want want, CancellationToken cancel)
    {
        try
        {
            if (await TryBring(want, cancel) is { } reason)
                Refuse(want, reason);
        }
        catch (IOException failing)
        {
            // The disk is full or failing; it is tried again, with more room made, and in the end reported as missed.
            log.Tell("storage", ("detail", failing.Message));
            Later(want, NoRoom);
        }
    }

    void Refuse(Want want, string reason)
    {
        log.Tell("media-refused", ("item", want.Entry?.Item.Id), ("digest", want.Release.Digest), ("reason", reason));
        if (want.Entry is not { } entry)
        {
            spoilt.Add(want.Release.Digest);
            return;
        }
        book.Refuse(entry.Item, entry.Note, reason);
        programme.Close(entry);
    }

    /// <returns>Why it can never be good; null when it is here, or comes later.</returns>
    async Task<string?> TryBring(Want want, CancellationToken cancel)
    {
        var release = want.Release;
        var sound = shelf.Read(release);
        for (var fresh = false; sound is null; fresh = true)
        {
            var fetched = await Fetch(want, cancel);
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
        attempts.Forget(want);
        if (want.Entry is { } entry)
        {
            outbox.Progress(entry.Item, ItemProgress.Verified);
            programme.Ready(entry);
        }
        return null;
    }

    async Task<Fetched> Fetch(Want want, CancellationToken cancel)
    {
        var release = want.Release;
        if (!shelf.MakeRoom(release, Needs()))
        {
            Later(want, NoRoom);
            return Fetched.Unreachable;
        }
        using var part = shelf.OpenPart(release);
        var fetched = await source.Fetch(
            folder(),
            release.Digest,
            release.Length,
            part,
            () => IsOvertaken(want),
            cancel
        );
        if (fetched == Fetched.Length)
            shelf.DropPart(release);
        if (fetched == Fetched.Unreachable)
            Later(want, Refusal.MediaUnreachable);
        return fetched;
    }

    void Later(Want want, string obstacle)
    {
        attempts.Failed(want, clock.GetUtcNow());
        if (want.Entry is { } entry)
            entry.Obstacle = obstacle;
        log.Tell(
            "media-away",
            ("item", want.Entry?.Item.Id),
            ("digest", want.Release.Digest),
            ("reason", obstacle)
        );
    }

    // Whatever is wanted more and may be asked for goes first; what came so far is kept.
    bool IsOvertaken(Want want)
    {
        var now = clock.GetUtcNow();
        var first = Wanted(now).FirstOrDefault(other => attempts.MayAsk(other, now));
        return first is not null && first.Key != want.Key && first.Release.Digest != want.Release.Digest;
    }
}
