using Loa.Air;
using Loa.Kernel;
using Loa.Newsroom.Bulletins;
using Microsoft.Extensions.Options;

namespace Loa.Newsroom.Approval;

/// <summary>What a leader signs when he approves, and whether what he signed is that.</summary>
sealed class ReleaseTerms(SoundPieces pieces, TimeProvider clock, IOptions<ReleaseOptions> options)
{
    // A page may lie open for a while before the leader signs what it was given.
    static readonly TimeSpan Patience = TimeSpan.FromHours(1);

    TimeSpan Validity => TimeSpan.FromDays(options.Value.Days);

    /// <summary>The release to be signed: this very sound, in these units, from now on.</summary>
    public Release Draw(Bulletin bulletin, IReadOnlyList<Guid> units)
    {
        var sound = bulletin.Sound ?? throw new MissingException("sound");
        var now = clock.Moment();
        return new(
            Guid.CreateVersion7(),
            bulletin.Id,
            bulletin.Title,
            sound.Digest,
            sound.Length,
            sound.Duration,
            bulletin.Class,
            units,
            now,
            now + Validity,
            pieces.Of(sound)
        );
    }

    /// <summary>One line per rule: what was signed is what the bulletin says.</summary>
    public void Check(Release signed, Bulletin bulletin)
    {
        var due = Draw(bulletin, signed.Units);
        Differs(signed.Bulletin != due.Bulletin, "bulletin");
        Differs(signed.Title != due.Title, "title");
        Differs(signed.Digest != due.Digest, "audio");
        // A page that lay open since before pieces were named signs none.
        Differs(signed.Pieces is { } named && !named.SequenceEqual(due.Pieces ?? []), "audio");
        Differs(signed.Length != due.Length, "length");
        Differs(signed.Duration != due.Duration, "duration_ms");
        Differs(signed.Class != due.Class, "class");
        Differs(signed.NotBefore < due.NotBefore - Patience || signed.NotBefore > due.NotBefore, "valid_from");
        Differs(signed.Expires <= signed.NotBefore || signed.Expires > due.Expires, "valid_to");
    }

    static void Differs(bool differs, string field) =>
        Refuse.If(differs, "release.differs", Words.Get("field." + field));
}
