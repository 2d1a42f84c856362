using Loa.Air;
using Loa.Audio;
using Loa.Speaker.Schedule;

namespace Loa.Speaker.Media;

/// <summary>Brings one sound here and verifies it, bit by bit if it must be.</summary>
/// <param name="folder">Where sounds are fetched at this moment.</param>
sealed class BringSound(MediaShelf shelf, MediaSource source, PlayQueue queue, Func<Uri> folder, TimeProvider clock)
{
    /// <summary>Why an item was missed: there was no room for its sound.</summary>
    public const string NoRoom = "storage.full";

    /// <summary>Whether it need not be fetched, but only looked at.</summary>
    public bool IsHere(Release release) => shelf.Has(release);

    /// <param name="overtaken">Whether something more pressing is wanted first; what came so far is kept.</param>
    public async Task<Brought> Run(Release release, Func<bool> overtaken, CancellationToken cancel)
    {
        var sound = shelf.Read(release);
        for (var fresh = false; sound is null; fresh = true)
        {
            var fetched = await Fetch(release, overtaken, cancel);
            if (fetched != Brought.Good)
                return fetched;
            if (shelf.Finish(release))
                sound = shelf.Read(release);
            else if (fresh)
                return Brought.Never(Refusal.MediaDigest);
        }
        return OggOpus.TryOpen(sound, out _) == OggFault.None ? Brought.Good : Brought.Never(Refusal.MediaFormat);
    }

    async Task<Brought> Fetch(Release release, Func<bool> overtaken, CancellationToken cancel)
    {
        if (!shelf.MakeRoom(release, Needs.Of(queue, clock.GetUtcNow())))
            return Brought.Later(NoRoom);
        using var part = shelf.OpenPart(release);
        var fetched = await source.Fetch(folder(), release.Digest, release.Length, part, overtaken, cancel);
        if (fetched == Fetched.Length)
            shelf.DropPart(release);
        return fetched switch
        {
            Fetched.Whole => Brought.Good,
            Fetched.Length => Brought.Never(Refusal.MediaLength),
            Fetched.Unreachable => Brought.Later(Refusal.MediaUnreachable),
            _ => Brought.Overtaken,
        };
    }
}

/// <summary>What came of bringing a sound here.</summary>
/// <param name="Refusal">Why it can never be good.</param>
/// <param name="Obstacle">Why it is not here yet.</param>
readonly record struct Brought(bool Ok, string? Refusal = null, string? Obstacle = null)
{
    /// <summary>It is here and verified.</summary>
    public static readonly Brought Good = new(Ok: true);

    /// <summary>Something else goes first.</summary>
    public static readonly Brought Overtaken;

    public static Brought Never(string refusal) => new(Ok: false, Refusal: refusal);

    public static Brought Later(string obstacle) => new(Ok: false, Obstacle: obstacle);
}
