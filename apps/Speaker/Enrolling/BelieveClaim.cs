using Loa.Air;
using Loa.Jose;
using Loa.Speaker.Store;
using Loa.Speaker.Trust;

namespace Loa.Speaker.Enrolling;

/// <summary>Judges what a server says of the claim, and remembers who the speaker is from then on.</summary>
/// <param name="standing">The place and the records it has already; absent for a new one.</param>
sealed class BelieveClaim(
    Journal journal,
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
    public string? Refused(PendingEnrolment open, EnrolmentStatus status)
    {
        var key = keys.Of(open)!;
        if (standing?.Guard is { } guard && guard.Speaker == status.Speaker && key.KeyId == keys.InForce.KeyId)
        {
            journal.Commit(new WriteBatch().Forget(JournalKeys.Enrolment));
            guard.Learn(status.Delegations ?? []);
            return guard.Place(status.Placement!);
        }
        var obeyed = root.Key ?? open.RootKey!;
        var chain = RootNotes.Open(journal, obeyed, MostDelegations);
        if (journal.Text(JournalKeys.Revocations) is { } revocations)
            chain.Revoke(Jws.Low(revocations));
        foreach (var delegation in status.Delegations ?? [])
            chain.Learn(delegation);
        var speaker = status.Speaker!.Value;
        var verdict = chain.Verify(status.Placement, new PlacementRule(speaker, key.KeyId, null, clock.GetUtcNow()));
        if (!verdict.Ok)
            return verdict.Reason;
        var changes = new WriteBatch()
            .Put(JournalKeys.Root, obeyed.Jwk, TrustJson.Default.Jwk)
            .Put(JournalKeys.Placement, verdict.Signed.Compact)
            .Put(
                JournalKeys.Identity,
                new Identity(speaker, open.Server, open.Mqtt, open.Authority),
                TrustJson.Default.Identity
            )
            .Put(JournalKeys.Key, key.KeyId)
            .Forget(JournalKeys.Enrolment);
        foreach (var delegation in chain.Delegations)
            changes.Put(JournalKeys.Delegation(delegation.Digest), delegation.Compact);
        if (standing is not null)
            standing.Records.Move(key, speaker, changes);
        else
            journal.Commit(changes);
        keys.Claimed(key);
        IsAnew = true;
        log.Tell("claimed", ("speaker", speaker));
        return null;
    }
}
