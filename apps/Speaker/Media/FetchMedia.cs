using System.Security.Cryptography;
using Loa.Air;
using Loa.Audio;
using Loa.Speaker.Link;
using Loa.Speaker.Schedule;

namespace Loa.Speaker.Media;

/// <summary>Brings the sound of each item here ahead of its time, verifies it, and says so; what cannot be good is refused.</summary>
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
    static readonly TimeSpan longestSpread = TimeSpan.FromSeconds(60);

    readonly Dictionary<Guid, Attempt> attempts = [];

    public async Task Run(CancellationToken cancel)
    {
        while (true)
        {
            var now = clock.GetUtcNow();
            var wanted = programme.Wanted(now);
            Forget(wanted);
            var next = wanted.FirstOrDefault(entry => For(entry, now).NotBefore <= now);
            if (next is not null)
                await Bring(next, cancel);
            else
                await changed.Wait(Pause(now), cancel);
        }
    }

    async Task Bring(Entry entry, CancellationToken cancel)
    {
        var reason = await TryBring(entry, cancel);
        if (reason is null)
            return;
        log.Tell("media-refused", ("item", entry.Item.Id), ("reason", reason));
        if (programme.Spoil(entry, reason))
        {
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
        attempts.Remove(entry.Item.Id);
        if (!entry.IsFiller)
            outbox.Progress(entry.Item, ItemProgress.Verified);
        programme.Ready(entry);
        return null;
    }

    async Task<Fetched> Fetch(Entry entry, CancellationToken cancel)
    {
        var release = entry.Release;
        var fetched = Fetched.Unreachable;
        try
        {
            if (shelf.MakeRoom(release, Due()))
            {
                using var part = shelf.OpenPart(release);
                fetched = await source.Fetch(folder(), release, part, () => IsOvertaken(entry), cancel);
            }
            if (fetched == Fetched.Length)
                shelf.DropPart(release);
        }
        catch (IOException full)
        {
            // The disk is full or failing; the item is tried again and, in the end, reported as missed.
            log.Tell("storage", ("detail", full.Message));
        }
        if (fetched == Fetched.Unreachable)
            Later(entry);
        return fetched;
    }

    void Later(Entry entry)
    {
        var attempt = attempts[entry.Item.Id];
        attempt.NotBefore = clock.GetUtcNow() + attempt.Backoff.Next();
        entry.Obstacle = Refusal.MediaUnreachable;
        log.Tell("media-unreachable", ("item", entry.Item.Id), ("digest", entry.Release.Digest));
    }

    bool IsOvertaken(Entry entry)
    {
        var now = clock.GetUtcNow();
        return programme.Wanted(now) is [var first, ..]
            && first != entry
            && first.Item.Start <= now
            && first.Item.Class > entry.Item.Class;
    }

    // What is due only later is fetched somewhere in between, so that a thousand speakers do not ask at once.
    Attempt For(Entry entry, DateTimeOffset now)
    {
        if (attempts.TryGetValue(entry.Item.Id, out var attempt))
            return attempt;
        var spread = (entry.Item.Start - now) / 4;
        spread = spread < longestSpread ? spread : longestSpread;
        var delay =
            spread > TimeSpan.FromSeconds(1) ? RandomNumberGenerator.GetInt32((int)spread.TotalMilliseconds) : 0;
        return attempts[entry.Item.Id] = new Attempt { NotBefore = now.AddMilliseconds(delay) };
    }

    void Forget(IReadOnlyList<Entry> wanted)
    {
        var ids = wanted.Select(entry => entry.Item.Id).ToHashSet();
        foreach (var id in attempts.Keys.Where(id => !ids.Contains(id)).ToList())
            attempts.Remove(id);
    }

    TimeSpan Pause(DateTimeOffset now)
    {
        var pause = attempts.Count == 0 ? longestSpread : attempts.Values.Min(attempt => attempt.NotBefore) - now;
        return pause > TimeSpan.Zero ? pause : TimeSpan.FromMilliseconds(1);
    }

    Dictionary<string, DateTimeOffset> Due() =>
        programme
            .Needed.GroupBy(entry => entry.Release.Digest)
            .ToDictionary(same => same.Key, same => same.Min(entry => entry.Item.Start));

    sealed class Attempt
    {
        public DateTimeOffset NotBefore { get; set; }

        public Backoff Backoff { get; } = new();
    }
}
