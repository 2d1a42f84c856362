using Loa.Jose;

namespace Loa.Air;

/// <summary>A speaker's records tied one to the other, so that none can be lost, changed or slipped in unseen.</summary>
public static class RecordChain
{
    /// <summary>Numbers, ties and signs a record; the caller stores the text and <paramref name="next"/> together.</summary>
    public static string Append(RecordHead head, AirRecord record, SigningKey key, out RecordHead next)
    {
        var compact = (record with { Seq = head.Seq + 1, Prev = head.Hash }).Sign(key);
        next = new RecordHead(head.Seq + 1, Jws.Digest(compact));
        return compact;
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
        var reason =
            Check.That(read.KeyId == key.KeyId && read.Document.Speaker == speaker, Refusal.KeyUnknown)
            ?? Check.That(read.IsSignedBy(key, orTwin), Refusal.JwsSignature);
        if (reason is not null)
            return Verdict<AirRecord>.Refused(reason);
        link = Stands(head, read.Document);
        if (link == RecordLink.Next)
            next = new RecordHead(read.Document.Seq, read.Digest);
        return Verdict<AirRecord>.Of(read, null);
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
