using Loa.Air;
using Loa.Contracts.Newsroom;

namespace Loa.Playout.Media;

/// <summary>A release that speakers may be told of; the sound it names may be fetched.</summary>
sealed class HeldRelease
{
    /// <summary>SHA-256 of the release's compact text.</summary>
    public required string Digest { get; init; }
    public required string Jws { get; init; }

    /// <summary>SHA-256 of the Ogg Opus file.</summary>
    public required string MediaDigest { get; init; }
    public required Guid BulletinId { get; init; }
    public required string Title { get; init; }

    /// <summary>The delegations behind it, separated by blanks.</summary>
    public string Delegations { get; set; } = "";
    public required DateTimeOffset HeldSince { get; init; }

    public string[] DelegationList => KeptDelegations.Read(Delegations);

    public static HeldRelease Of(ReleasedBulletin bulletin, DateTimeOffset now) =>
        new()
        {
            Digest = bulletin.ReleaseDigest,
            Jws = bulletin.Release,
            MediaDigest = bulletin.Digest,
            BulletinId = bulletin.BulletinId,
            Title = bulletin.Title,
            Delegations = string.Join(' ', bulletin.Delegations),
            HeldSince = now,
        };
}
