using System.Collections.Immutable;
using Loa.Jose;

namespace Loa.Air;

/// <summary>The one judge of what comes over the air, for speakers and for the server: root → delegation → document.</summary>
/// <remarks>
/// It may be shared by threads and by many speakers. Each delegation's signature is checked once. A document that is
/// held already (same text) need not be asked again: asked again, its version is "older".
/// </remarks>
public sealed partial class Chain(PublicKey root, int capacity = 10_000)
{
    // Clocks of speakers drift until the server disciplines them.
    static readonly TimeSpan clockError = TimeSpan.FromSeconds(60);

    readonly Lock gate = new();
    readonly Grants grants = new(capacity);
    readonly Roots roots = new(root);
    Revoked revoked = new(null);

    /// <summary>The root of today.</summary>
    public PublicKey Root => roots.Current;

    /// <summary>How it came to be that one, for the owner to store.</summary>
    public IReadOnlyList<Signed<RootChange>> RootChanges => roots.Changes;

    /// <summary>May this release be heard at this place at this moment?</summary>
    /// <param name="path">The units of the speaker (or of the unit asked about) from the province down.</param>
    public Verdict<Release> VerifyRelease(string? compact, IReadOnlyList<Guid> path, DateTimeOffset moment) =>
        Release.TryRead(compact, out var read, out var refusal)
            ? Judge(read, path, moment, null)
            : Verdict<Release>.Refused(refusal);

    /// <summary>May this item be played with this release, the one the item names, at this moment?</summary>
    public Verdict<Release> VerifyItem(
        TimetableItem item,
        string? release,
        IReadOnlyList<Guid> path,
        DateTimeOffset moment
    )
    {
        if (!item.IsRecording)
            return Verdict<Release>.Refused(Refusal.Unsupported);
        if (release is null || !Jws.IsNamed(release, item.Release))
            return Verdict<Release>.Refused(Refusal.ReleaseMissing);
        return Release.TryRead(release, out var read, out var refusal)
            ? Judge(read, path, moment, item.Class)
            : Verdict<Release>.Refused(refusal);
    }

    /// <summary>May this timetable be put in force on this speaker?</summary>
    /// <param name="heldVersion">The version of the timetable in force; null when none is, or to ask again about the one in force.</param>
    /// <remarks>When it has a base, that base must be the version in force; a change asked about again has been joined already.</remarks>
    public Verdict<Timetable> VerifyTimetable(
        string? compact,
        Guid speaker,
        IReadOnlyList<Guid> path,
        long? heldVersion,
        DateTimeOffset now
    )
    {
        if (!Timetable.TryRead(compact, out var read, out var refusal))
            return Verdict<Timetable>.Refused(refusal);
        var timetable = read.Document;
        var classes = timetable.Items.Select(item => item.Class).Distinct().ToArray();
        var reason =
            Authorise(read, AirKind.Timetable, now, out var allowed)
            ?? Check.That(timetable.Speaker == speaker, Refusal.TimetableSpeaker)
            ?? Any(allowed, grant => Reaches(grant, path, path) ?? Allows(grant, classes))
            ?? Check.That(timetable.Version > (heldVersion ?? 0), Refusal.TimetableOlder)
            ?? Check.That(
                heldVersion is null || timetable.Base is null || timetable.Base == heldVersion,
                Refusal.TimetableBase
            );
        return Verdict<Timetable>.Of(read, reason);
    }

    /// <summary>Accepts a command once: on yes its nonce is in the memory, which is to be stored before acting.</summary>
    public Verdict<Command> VerifyCommand(
        string? compact,
        Guid speaker,
        IReadOnlyList<Guid> path,
        NonceMemory nonces,
        DateTimeOffset now
    )
    {
        if (!Command.TryRead(compact, out var read, out var refusal))
            return Verdict<Command>.Refused(refusal);
        var command = read.Document;
        var reason =
            Authorise(read, AirKind.Command, now, out var allowed)
            ?? Check.That(command.Speaker == speaker, Refusal.CommandSpeaker)
            ?? Any(allowed, grant => Reaches(grant, path, path))
            ?? Check.That(command.IsKnown(), Refusal.CommandUnknown)
            ?? Check.That(command.IssuedAt <= now + clockError, Refusal.DocumentEarly)
            ?? Check.That(command.Expires > now, Refusal.CommandExpired)
            ?? Check.That(nonces.TryTake(command, now), Refusal.CommandReplayed);
        return Verdict<Command>.Of(read, reason);
    }

    /// <summary>May these files run here, or be this speaker's configuration?</summary>
    /// <param name="named">The digest of the one that was ordered.</param>
    /// <param name="heldVersion">The highest version of this kind that was ever in force here: it never goes back.</param>
    public Verdict<Package> VerifyPackage(
        string? compact,
        string named,
        IReadOnlyList<Guid> path,
        string model,
        Func<PackageKind, long> heldVersion,
        DateTimeOffset now
    )
    {
        if (compact is null || !Jws.IsNamed(compact, named))
            return Verdict<Package>.Refused(Refusal.PackageMissing);
        if (!Package.TryRead(compact, out var read, out var refusal))
            return Verdict<Package>.Refused(refusal);
        var package = read.Document;
        var reason =
            Authorise(read, AirKind.Package, now, out var allowed)
            ?? Check.That(Scope.Includes(path, package.Units), Refusal.PackageUnit)
            ?? Any(allowed, grant => Reaches(grant, path, package.Units))
            ?? Check.That(package.Models.Count == 0 || package.Models.Contains(model), Refusal.PackageModel)
            ?? Check.Within(now, package.NotBefore, package.Expires, Refusal.PackageEarly, Refusal.PackageExpired)
            ?? Check.That(package.Version > heldVersion(package.Kind), Refusal.PackageOlder);
        return Verdict<Package>.Of(read, reason);
    }

    /// <summary>May the speaker's clock follow this answer to its question?</summary>
    /// <remarks>
    /// Whether the delegation is in force is asked for the moment that is told, because a speaker that asks may not know
    /// what time it is. An answer that is too early or too late for every delegation is refused as such.
    /// </remarks>
    public Verdict<ToldTime> VerifyTime(string? compact, Guid speaker, IReadOnlyList<Guid> path, string nonce)
    {
        if (!ToldTime.TryRead(compact, out var read, out var refusal))
            return Verdict<ToldTime>.Refused(refusal);
        var told = read.Document;
        var reason =
            Authorise(read, AirKind.Timetable, told.Answered, out var allowed)
            ?? Any(allowed, grant => Reaches(grant, path, path))
            ?? Check.That(told.Speaker == speaker && told.Nonce == nonce, Refusal.TimeNonce);
        return Verdict<ToldTime>.Of(read, reason);
    }

    /// <summary>Is this the server's word about this speaker's records?</summary>
    public Verdict<Acknowledgement> VerifyAck(
        string? compact,
        Guid speaker,
        IReadOnlyList<Guid> path,
        DateTimeOffset now
    )
    {
        if (!Acknowledgement.TryRead(compact, out var read, out var refusal))
            return Verdict<Acknowledgement>.Refused(refusal);
        var reason =
            Authorise(read, AirKind.Timetable, now, out var allowed)
            ?? Any(allowed, grant => Reaches(grant, path, path))
            ?? Check.That(read.Document.Speaker == speaker, Refusal.AckSpeaker);
        return Verdict<Acknowledgement>.Of(read, reason);
    }

    /// <summary>May this speaker take this place? A delegated key must reach the place it leaves as well.</summary>
    /// <param name="keyId">The speaker's own key.</param>
    /// <param name="held">The placement in force; null at enrolment.</param>
    public Verdict<Placement> VerifyPlacement(
        string? compact,
        Guid speaker,
        string keyId,
        Placement? held,
        DateTimeOffset now
    )
    {
        if (!Placement.TryRead(compact, out var read, out var refusal))
            return Verdict<Placement>.Refused(refusal);
        var placement = read.Document;
        var reason =
            AuthoriseMove(read, now, out var allowed)
            ?? Check.That(placement.Speaker == speaker && placement.Kid == keyId, Refusal.PlacementSpeaker)
            ?? MayMove(allowed, held?.Path ?? placement.Path, placement.Path)
            ?? Check.That(placement.Version > (held?.Version ?? 0), Refusal.PlacementOlder);
        return Verdict<Placement>.Of(read, reason);
    }

    /// <summary>Placements are the one thing that the root signs itself; then no delegation is asked for.</summary>
    string? AuthoriseMove(Signed<Placement> read, DateTimeOffset now, out ImmutableArray<Grant>? allowed)
    {
        allowed = null;
        if (roots.Holds(read.KeyId, now))
            return Check.That(read.IsSignedBy(roots.Find(read.KeyId)!), Refusal.JwsSignature);
        var refusal = Authorise(read, AirKind.Placement, now, out var delegated);
        allowed = delegated;
        return refusal;
    }

    static string? MayMove(ImmutableArray<Grant>? allowed, IReadOnlyList<Guid> from, IReadOnlyList<Guid> to) =>
        allowed is { } delegated ? Any(delegated, grant => Reaches(grant, to, to) ?? Reaches(grant, from, from)) : null;

    Verdict<Release> Judge(Signed<Release> read, IReadOnlyList<Guid> path, DateTimeOffset moment, AirClass? itemClass)
    {
        var release = read.Document;
        var reason =
            Authorise(read, AirKind.Release, moment, out var allowed)
            ?? Check.That(Scope.Includes(path, release.Units), Refusal.ReleaseUnit)
            ?? Any(allowed, grant => Reaches(grant, path, release.Units) ?? Allows(grant, [release.Class]))
            ?? Check.That(itemClass is null || itemClass == release.Class, Refusal.ReleaseClass)
            ?? Check.Within(moment, release.NotBefore, release.Expires, Refusal.ReleaseEarly, Refusal.ReleaseExpired);
        return Verdict<Release>.Of(read, reason);
    }

    /// <summary>Is there a delegation in force that lets the signer sign this kind, and did the signer sign?</summary>
    string? Authorise<T>(Signed<T> read, AirKind kind, DateTimeOffset now, out ImmutableArray<Grant> allowed)
        where T : class
    {
        var list = Volatile.Read(ref revoked);
        var known = grants.OfKey(read.KeyId);
        allowed = [.. known.Where(grant => InForce(grant, list, kind, now) is null)];
        return Any(known, grant => InForce(grant, list, kind, now))
            ?? Check.That(read.IsSignedBy(known[0].Key), Refusal.JwsSignature);
    }

    string? InForce(Grant grant, Revoked list, AirKind kind, DateTimeOffset now) =>
        Check.That(!list.Covers(grant.Delegation), Refusal.DelegationRevoked)
        ?? Check.Within(
            now,
            grant.Delegation.NotBefore,
            grant.Delegation.Expires,
            Refusal.DelegationEarly,
            Refusal.DelegationExpired
        )
        ?? Check.That(roots.Holds(grant.Signed.KeyId, now), Refusal.DelegationExpired)
        ?? Check.That(grant.Delegation.Kinds.Contains(kind), Refusal.DelegationKind);

    static string? Reaches(Grant grant, IReadOnlyList<Guid> path, IReadOnlyList<Guid> meant) =>
        Check.That(Scope.Reaches(path, grant.Delegation.Units, meant), Refusal.DelegationUnit);

    static string? Allows(Grant grant, IReadOnlyList<AirClass> classes) =>
        Check.That(classes.All(grant.Delegation.Classes.Contains), Refusal.DelegationClass);

    /// <summary>One delegation that allows is enough; if none does, the reason is that of the one that came furthest.</summary>
    static string? Any(ImmutableArray<Grant> grants, Func<Grant, string?> check)
    {
        var furthest = Refusal.KeyUnknown;
        foreach (var grant in grants)
        {
            if (check(grant) is not { } reason)
                return null;
            furthest = Refusal.Further(furthest, reason);
        }
        return furthest;
    }
}
