using Loa.Air;

namespace Loa.Contracts.Newsroom;

/// <summary>A bulletin that a leader approved: what may be heard, where, and the signature that says so.</summary>
/// <param name="Digest">SHA-256 of the Ogg Opus file, lower-case hex.</param>
/// <param name="Length">Bytes of the Ogg Opus file.</param>
/// <param name="Release">The release as JWS compact, signed by the leader's key.</param>
/// <param name="ReleaseDigest">SHA-256 of <paramref name="Release"/> as ASCII, lower-case hex: what a timetable names.</param>
public sealed record ReleasedBulletin(
    Guid BulletinId,
    string Title,
    Guid UnitId,
    AirClass Class,
    string Digest,
    long Length,
    TimeSpan Duration,
    IReadOnlyList<Guid> Units,
    DateTimeOffset ValidFrom,
    DateTimeOffset ValidTo,
    string Release,
    string ReleaseDigest,
    IReadOnlyList<string> Delegations
);

/// <summary>A leader approved a bulletin: its sound may be fetched by speakers from now on.</summary>
[EventName("bulletin-released", Formerly = "Loa.Contracts.Newsroom.BulletinReleased")]
public sealed record BulletinReleased(ReleasedBulletin Bulletin);

/// <summary>Why a release no longer counts.</summary>
/// <param name="IsRevoked">The approver's key or its delegation was taken back.</param>
/// <param name="Sentence">For people, naming who approved it.</param>
public sealed record ReleaseFault(bool IsRevoked, string Sentence);

/// <summary>A leader took an approved bulletin back: it may be heard nowhere any more, also where it sounds now.</summary>
/// <param name="By">His name as it was then.</param>
[EventName("bulletin-withdrawn")]
public sealed record BulletinWithdrawn(
    Guid BulletinId,
    Guid PostId,
    Guid OfficerId,
    string By,
    string Why,
    DateTimeOffset At
);

/// <summary>What was said: a bulletin for those who heard it, whoever wrote it and whatever became of it since.</summary>
/// <param name="Digest">SHA-256 of the Ogg Opus file.</param>
/// <param name="Peaks">The loudest sample of each equal part of the sound, 0 to 1.</param>
public sealed record AiredBulletin(
    Guid BulletinId,
    Guid UnitId,
    string Text,
    string Digest,
    TimeSpan Duration,
    IReadOnlyList<float> Peaks
);

/// <summary>What the other modules ask of the newsroom.</summary>
public interface IReleases
{
    /// <summary>The release of an approved bulletin; null when it is not approved, or was withdrawn.</summary>
    ValueTask<ReleasedBulletin?> Find(Guid bulletinId, CancellationToken cancel);

    ValueTask<IReadOnlyDictionary<Guid, ReleasedBulletin>> Find(
        IReadOnlyCollection<Guid> bulletinIds,
        CancellationToken cancel
    );

    /// <summary>The approved bulletins of some units that may still be heard, those of all when null; the latest first.</summary>
    ValueTask<IReadOnlyList<ReleasedBulletin>> Latest(
        IReadOnlyCollection<Guid>? units,
        int most,
        CancellationToken cancel
    );

    /// <summary>What was put on the air; null when there is no such bulletin, or it never had a sound.</summary>
    ValueTask<AiredBulletin?> Aired(Guid bulletinId, CancellationToken cancel);

    /// <summary>Why speakers in these units would refuse the release now, though it was good when it was approved; null when they would not.</summary>
    ValueTask<ReleaseFault?> Fault(
        ReleasedBulletin bulletin,
        IReadOnlyCollection<Guid> units,
        CancellationToken cancel
    );
}
