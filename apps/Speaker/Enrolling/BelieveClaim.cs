using Loa.Air;
using Loa.Jose;
using Loa.Speaker.Store;
using Loa.Speaker.Trust;

namespace Loa.Speaker.Enrolling;

/// <summary>Judges what a server says of the claim, and remembers who the speaker is from then on.</summary>
/// <param name="standing">The place and the records it has already; absent for a new one.</param>
sealed class BelieveClaim(
    Notebook notes,
    OwnKeys keys,
    PinnedRoot root,
    TimeProvider clock,
    EventLog log,
    Standing? standing = null
)
{
    const int MostDelegations = 256;

    /// <summary>Whether it has got a new name, place or key.</summary>
    public bool IsAnew { get; private set; }

    /// <returns>Why it is not believed; null when it is.</returns>
    // The very first placement is judged by the root that was given or named, with no place before it. With it the root is
    // obeyed for ever; until then whoever named it has won nothing.
    public string? Refused(OpenEnrolment open, EnrolmentStatus status)
    {
        var key = keys.Of(open)!;
        if (standing?.Guard is { } guard && guard.Speaker == status.Speaker && key.KeyId == keys.InForce.KeyId)
        {
            notes.Commit(new Changes().Forget(Notes.Enrolment));
            guard.Learn(status.Delegations ?? []);
            return guard.Place(status.Placement!);
        }
        var obeyed = root.Key ?? open.RootKey!;
        var chain = RootNotes.Open(notes, obeyed, MostDelegations);
        if (notes.Text(Notes.Revocations) is { } revocations)
            chain.Revoke(Jws.Low(revocations));
        foreach (var delegation in status.Delegations ?? [])
            chain.Learn(delegation);
        var speaker = status.Speaker!.Value;
        var verdict = chain.VerifyPlacement(status.Placement, speaker, key.KeyId, null, clock.GetUtcNow());
        if (!verdict.Ok)
            return verdict.Reason;
        var changes = new Changes()
            .Put(Notes.Root, obeyed.Jwk, TrustJson.Default.Jwk)
            .Put(Notes.Placement, verdict.Signed.Compact)
            .Put(Notes.Identity, new Identity(speaker, open.Server, open.Mqtt), TrustJson.Default.Identity)
            .Put(Notes.Key, key.KeyId)
            .Forget(Notes.Enrolment);
        foreach (var delegation in chain.Delegations)
            changes.Put(Notes.Delegation(delegation.Digest), delegation.Compact);
        if (standing is not null)
            standing.Records.Move(key, speaker, changes);
        else
            notes.Commit(changes);
        keys.Claimed(key);
        IsAnew = true;
        log.Tell("claimed", ("speaker", speaker));
        return null;
    }
}
