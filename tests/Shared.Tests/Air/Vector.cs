using System.Buffers.Text;
using Loa.Jose;

namespace Loa.Air;

/// <summary>One document with all that its judge knows, and the right answer.</summary>
/// <param name="Verify">Which check: delegation, revocations, release, item, stream, group, timetable, command, placement, package, time, ack, root, record, chain, proof, enrolment.</param>
/// <param name="Expect">"ok" or the reason.</param>
sealed record Vector(
    string Name,
    string Verify,
    string Document,
    string Expect,
    long Now,
    IReadOnlyList<Guid> Path,
    IReadOnlyList<string> Delegations,
    string? Revocations = null,
    long? HeldVersion = null,
    string? HeldPlacement = null,
    string? ItemRelease = null,
    AirClass? ItemClass = null,
    IReadOnlyList<string>? SeenNonces = null,
    long HeadSeq = 0,
    string HeadHash = "",
    string? PackageNamed = null,
    string? ItemContent = null,
    long? NonceFloor = null,
    IReadOnlyList<string>? Roots = null,
    string? Stream = null
)
{
    /// <summary>The answer of our own verifier.</summary>
    public string Judge()
    {
        var now = DateTimeOffset.FromUnixTimeMilliseconds(Now);
        var chain = new Chain(SomeKeys.Root.Public);
        foreach (var root in Roots ?? [])
            Assert.True(chain.Follow(root).Ok);
        foreach (var delegation in Delegations)
            Assert.True(chain.Learn(delegation).Ok);
        if (Revocations is not null)
            Assert.True(chain.Revoke(Revocations).Ok);
        var reason = Verify switch
        {
            "delegation" => chain.Learn(Document).Reason,
            "revocations" => chain.Revoke(Document, now).Reason,
            "root" => chain.Follow(Document).Reason,
            "release" => chain.Verify(Document, new ReleaseRule(Path, now)).Reason,
            "stream" => chain.Verify(Document, new StreamRule(Path, now, ItemRelease is null ? null : Item())).Reason,
            "group" => Group(),
            "item" => chain.Verify(Document, new ReleaseRule(Path, now, Item())).Reason,
            "timetable" => chain.Verify(Document, new TimetableRule(Some.Speaker, Path, HeldVersion, now)).Reason,
            "command" => chain.Verify(Document, new CommandRule(Some.Speaker, Path, Nonces(now), now)).Reason,
            "placement" => chain
                .Verify(Document, new PlacementRule(Some.Speaker, SomeKeys.Speaker.KeyId, Held(), now))
                .Reason,
            "package" => chain
                .Verify(Document, new PackageRule(PackageNamed!, Path, Some.Model, _ => HeldVersion ?? 0, now))
                .Reason,
            "time" => chain.Verify(Document, new ToldTimeRule(Some.Speaker, Path, Some.Nonce)).Reason,
            "ack" => chain.Verify(Document, new AcknowledgementRule(Some.Speaker, Path, now)).Reason,
            "record" => RecordChain
                .Verify(
                    new RecordHead(HeadSeq, HeadHash),
                    Document,
                    Some.Speaker,
                    SomeKeys.Speaker.Public,
                    out _,
                    out _
                )
                .Reason,
            "chain" => Link(),
            "proof" => ConnectionProof
                .Verify(Document, Some.Speaker, SomeKeys.Speaker.Public, Some.Server, Some.Nonce)
                .Reason,
            "enrolment" => Enrolment.Verify(Document).Reason,
            _ => throw new InvalidOperationException($"No check named {Verify}."),
        };
        return reason ?? "ok";
    }

    TimetableItem Item() =>
        Some.Item("") with
        {
            Release = ItemRelease!,
            Class = ItemClass!.Value,
            Content = ItemContent,
        };

    NonceMemory Nonces(DateTimeOffset now) =>
        new(
            (SeenNonces ?? []).Select(nonce => new SeenNonce(nonce, now.AddMinutes(5))),
            DateTimeOffset.FromUnixTimeMilliseconds(NonceFloor ?? 0)
        );

    /// <summary>Whether the bytes are a group of the stream, signed by its key.</summary>
    string? Group()
    {
        Assert.True(SoundStream.TryRead(Stream, out var read, out _));
        Assert.True(PublicKey.TryFrom(read.Document.Jwk, out var key));
        return SoundGroup.TryRead(Base64Url.DecodeFromChars(Document), read.Document.Id, key, out _) ? null : "no";
    }

    /// <summary>How a good record meets those that are stored.</summary>
    string? Link()
    {
        var head = new RecordHead(HeadSeq, HeadHash);
        var key = SomeKeys.Speaker.Public;
        var verdict = RecordChain.Verify(head, Document, Some.Speaker, key, out var link, out _);
        return verdict.Reason
            ?? link switch
            {
                RecordLink.Next => null,
                RecordLink.Repeat => "repeat",
                RecordLink.Gap => "record.gap",
                _ => "record.broken",
            };
    }

    Placement? Held() =>
        HeldPlacement is not null && Placement.TryRead(HeldPlacement, out var read, out _) ? read.Document : null;
}
