using Loa.Air;
using Loa.Jose;
using Loa.Speaker.Store;

namespace Loa.Speaker.Trust;

/// <summary>Judges what comes over the air for this speaker at its place, and keeps what it learned over a power cut.</summary>
sealed class Guard
{
    const string DelegationPrefix = "delegation/";
    const int MostDelegations = 256;

    readonly Journal journal;
    readonly string keyId;
    readonly TimeProvider clock;
    readonly Chain chain;
    readonly NonceMemory nonces;
    volatile Placement placement;

    public Guard(Journal journal, PublicKey root, Identity identity, string keyId, TimeProvider clock)
    {
        (this.journal, this.keyId, this.clock) = (journal, keyId, clock);
        Speaker = identity.Speaker;
        chain = RootNotes.Open(journal, root, MostDelegations);
        // What was noted by older software may have the other signature.
        foreach (var key in journal.Keys(DelegationPrefix))
            chain.Learn(Jws.Low(journal.Text(key)!));
        if (journal.Text(JournalKeys.Revocations) is { } revocations)
            chain.Revoke(Jws.Low(revocations));
        nonces = journal.Value(JournalKeys.Nonces, TrustJson.Default.NonceNote)?.Open() ?? new NonceMemory();
        placement = Placement.TryRead(journal.Text(JournalKeys.Placement), out var read, out var refusal)
            ? read.Document
            : throw new InvalidDataException($"The stored placement cannot be read: {refusal}.");
    }

    public Guid Speaker { get; }

    public long PlacementVersion => placement.Version;

    public long RevocationsVersion => chain.RevocationsVersion;

    /// <summary>Takes the delegations that the root signed; the others are of no use and no harm.</summary>
    public void Learn(IReadOnlyList<string> delegations)
    {
        foreach (var delegation in delegations)
            chain.Learn(delegation);
        var known = chain.Delegations.ToDictionary(signed => JournalKeys.Delegation(signed.Digest));
        var stored = journal.Keys(DelegationPrefix).ToHashSet();
        var changes = new WriteBatch();
        foreach (var (key, signed) in known.Where(entry => !stored.Contains(entry.Key)))
            changes.Put(key, signed.Compact);
        foreach (var key in stored.Where(key => !known.ContainsKey(key)))
            changes.Forget(key);
        journal.Commit(changes);
    }

    /// <summary>The root of today.</summary>
    public PublicKey Root => chain.Root;

    /// <summary>Takes what is new of the changes of root.</summary>
    /// <returns>Whether another root is obeyed now.</returns>
    public bool Follow(IReadOnlyList<string> roots)
    {
        var before = chain.Root.KeyId;
        foreach (var root in roots)
            if (chain.Follow(root) is { Ok: true } followed)
                journal.Commit(RootNotes.Put(new WriteBatch(), followed.Signed!));
        return chain.Root.KeyId != before;
    }

    public string? Revoke(string compact)
    {
        if (chain.Revocations?.Compact == compact)
            return null;
        var verdict = chain.Revoke(compact, clock.GetUtcNow());
        if (verdict.Ok)
            journal.Commit(new WriteBatch().Put(JournalKeys.Revocations, compact));
        return verdict.Reason;
    }

    public string? Place(string compact)
    {
        if (Jws.Low(journal.Text(JournalKeys.Placement)!) == compact)
            return null;
        var verdict = chain.Verify(compact, new PlacementRule(Speaker, keyId, placement, clock.GetUtcNow()));
        if (!verdict.Ok)
            return verdict.Reason;
        journal.Commit(new WriteBatch().Put(JournalKeys.Placement, compact));
        placement = verdict.Document;
        return null;
    }

    /// <param name="held">Null asks again about the timetable in force.</param>
    public Verdict<Timetable> Timetable(string compact, long? held) =>
        chain.Verify(compact, new TimetableRule(Speaker, placement.Path, held, clock.GetUtcNow()));

    public Verdict<Release> Item(TimetableItem item, string? release, DateTimeOffset moment) =>
        chain.Verify(release, new ReleaseRule(placement.Path, moment, item));

    public Verdict<SoundStream> Stream(TimetableItem item, string? stream, DateTimeOffset moment) =>
        chain.Verify(stream, new StreamRule(placement.Path, moment, item));

    /// <summary>What may sound at this place, whichever item it is for.</summary>
    public Verdict<Release> Release(string? compact, DateTimeOffset moment) =>
        chain.Verify(compact, new ReleaseRule(placement.Path, moment));

    /// <param name="named">The digest of the one that was ordered.</param>
    /// <param name="held">The highest version that was ever in force here.</param>
    public Verdict<Package> Package(string? compact, string named, string model, Func<PackageKind, long> held) =>
        chain.Verify(
            compact is null ? null : Jws.Low(compact),
            new PackageRule(named, placement.Path, model, held, clock.GetUtcNow())
        );

    /// <summary>May the clock follow this answer to the question with the nonce?</summary>
    public Verdict<ToldTime> Time(string compact, string nonce) =>
        chain.Verify(compact, new ToldTimeRule(Speaker, placement.Path, nonce));

    /// <summary>Is this the server's word about our records?</summary>
    public Verdict<Acknowledgement> Ack(string compact) =>
        chain.Verify(compact, new AcknowledgementRule(Speaker, placement.Path, clock.GetUtcNow()));

    /// <summary>Accepts a command once; the changes hold what must be remembered before acting on it.</summary>
    public Verdict<Command> Command(string compact, WriteBatch changes)
    {
        var verdict = chain.Verify(compact, new CommandRule(Speaker, placement.Path, nonces, clock.GetUtcNow()));
        if (verdict.Ok)
            changes.Put(JournalKeys.Nonces, NonceNote.Of(nonces), TrustJson.Default.NonceNote);
        return verdict;
    }
}
