using Loa.Jose;

namespace Loa.Air;

/// <summary>A speaker's records tied one to the other, so that none can be lost, changed or slipped in unseen.</summary>
public static class RecordChain
{
    /// <summary>Good, but too soon after too many: the speaker keeps it and sends it again later.</summary>
    public const string Flood = "record.flood";

    /// <summary>Numbers, ties and signs a record; the caller stores the text and <paramref name="next"/> together.</summary>
    public static string Append(RecordHead head, AirRecord record, SigningKey key, out RecordHead next)
    {
        var compact = (record with { Seq = head.Seq + 1, Prev = head.Hash }).Sign(key);
        next = new RecordHead(head.Seq + 1, Jws.Digest(compact));
        return compact;
    }

    /// <summary>Whether a record is by this speaker: all that can be known without the end of its chain, and all that is dear.</summary>
    /// <param name="orTwin">Whether it may be signed with either s, as speakers of before do.</param>
    public static Verdict<AirRecord> Judge(Signed<AirRecord> read, Guid speaker, PublicKey key, bool orTwin = false)
    {
        var reason =
            Check.That(read.KeyId == key.KeyId && read.Document.Speaker == speaker, Refusal.KeyUnknown)
            ?? Check.That(read.IsSignedBy(key, orTwin), Refusal.JwsSignature);
        return reason is null ? Verdict<AirRecord>.Of(read, null) : Verdict<AirRecord>.Refused(reason);
    }

    /// <summary>Where a good record stands; <paramref name="next"/> moves on only for the one that follows.</summary>
    public static RecordLink Place(RecordHead head, Signed<AirRecord> good, out RecordHead next)
    {
        var link = Stands(head, good.Document);
        next = link == RecordLink.Next ? new RecordHead(good.Document.Seq, good.Digest) : head;
        return link;
    }

    /// <summary>Judges a record and says where it stands; <paramref name="next"/> moves on only for the one that follows.</summary>
    /// <param name="orTwin">Whether it may be signed with either s, as speakers of before do.</param>
    public static Verdict<AirRecord> Verify(
        RecordHead head,
        string? compact,
        Guid speaker,
        PublicKey key,
        out RecordLink link,
        out RecordHead next,
        bool orTwin = false
    )
    {
        link = RecordLink.None;
        next = head;
        if (!AirRecord.TryRead(compact, out var read, out var refusal))
            return Verdict<AirRecord>.Refused(refusal);
        var verdict = Judge(read, speaker, key, orTwin);
        if (verdict.Ok)
            link = Place(head, read, out next);
        return verdict;
    }

    static RecordLink Stands(RecordHead head, AirRecord record)
    {
        if (record.Seq <= head.Seq)
            return RecordLink.Repeat;
        if (record.Seq > head.Seq + 1)
            return RecordLink.Gap;
        return record.Prev == head.Hash ? RecordLink.Next : RecordLink.Broken;
    }
}
