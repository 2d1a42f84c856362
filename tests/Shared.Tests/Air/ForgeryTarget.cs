using System.Text;
using Loa.Jose;

namespace Loa.Air;

/// <summary>One kind of document with the speaker's or server's real check, and what a forger might try on it.</summary>
sealed record ForgeryTarget(
    string Good,
    Func<string, bool> Accepts,
    IReadOnlyList<string> Others,
    IReadOnlyList<Func<Random, string>> WellSignedButWrong
)
{
    static readonly DateTimeOffset now = Some.Now;
    static readonly SigningKey expired = SigningKey.Create();
    static readonly SigningKey early = SigningKey.Create();
    static readonly SigningKey revoked = SigningKey.Create();
    static readonly SigningKey elsewhere = SigningKey.Create();
    static readonly SigningKey nowhere = SigningKey.Create();
    static readonly AirKind[] kinds = Enum.GetValues<AirKind>();

    public static IReadOnlyDictionary<string, Func<ForgeryTarget>> All { get; } =
        new Dictionary<string, Func<ForgeryTarget>>
        {
            [Delegation.Type] = Delegations,
            [Revocations.Type] = RevocationLists,
            [Release.Type] = Releases,
            [Placement.Type] = Placements,
            [Timetable.Type] = Timetables,
            [Command.Type] = Commands,
            [AirRecord.Type] = Records,
            [ConnectionProof.Type] = Proofs,
            [Enrolment.Type] = Enrolments,
        };

    static ForgeryTarget Delegations()
    {
        var chain = Chain();
        var wide = Some.Delegation(SomeKeys.Stranger, kinds) with { Units = [Some.Province] };
        return Target(
            wide.Sign(SomeKeys.Root),
            text => chain.Learn(text).Ok,
            wide,
            [SomeKeys.Officer, SomeKeys.Server, SomeKeys.Technician],
            []
        );
    }

    static ForgeryTarget RevocationLists()
    {
        var third = Some.Revocations with { Version = 3 };
        var second = (third with { Version = 2 }).Sign(SomeKeys.Root);
        return Target(
            third.Sign(SomeKeys.Root),
            text =>
            {
                var chain = new Chain(SomeKeys.Root.Public);
                return chain.Revoke(second).Ok && chain.Revoke(text).Ok;
            },
            third,
            [SomeKeys.Officer, SomeKeys.Server, SomeKeys.Technician],
            [random => (third with { Version = random.Next(1, 3) }).Sign(SomeKeys.Root)]
        );
    }

    static ForgeryTarget Releases()
    {
        var chain = Chain();
        var release = Some.Release;
        return Target(
            release.Sign(SomeKeys.Officer),
            text => chain.VerifyRelease(text, Some.Path, now).Ok,
            release,
            [SomeKeys.Root, SomeKeys.Server, SomeKeys.Technician],
            [
                _ => (release with { Units = [] }).Sign(SomeKeys.Officer),
                _ => (release with { Units = [Some.OtherCommune] }).Sign(SomeKeys.Officer),
                random => (release with { Units = [Some.Path[random.Next(2)]] }).Sign(SomeKeys.Officer),
                _ => (release with { Class = AirClass.Emergency }).Sign(SomeKeys.Officer),
                random => (release with { NotBefore = now.AddSeconds(random.Next(1, 99_999)) }).Sign(SomeKeys.Officer),
                random => (release with { Expires = now.AddSeconds(-random.Next(99_999)) }).Sign(SomeKeys.Officer),
            ]
        );
    }

    static ForgeryTarget Placements()
    {
        var chain = Chain();
        var move = Some.Placement with { Version = 2 };
        return Target(
            move.Sign(SomeKeys.Technician),
            text => chain.VerifyPlacement(text, Some.Speaker, SomeKeys.Speaker.KeyId, Some.Placement, now).Ok,
            move,
            [SomeKeys.Officer, SomeKeys.Server],
            [
                _ => Some.Placement.Sign(SomeKeys.Technician),
                _ => (move with { Speaker = Some.OtherSpeaker }).Sign(SomeKeys.Root),
                _ => (move with { Kid = SomeKeys.Stranger.KeyId }).Sign(SomeKeys.Root),
                _ => (move with { Path = [Some.Province, Some.OtherDistrict] }).Sign(SomeKeys.Technician),
            ]
        );
    }

    static ForgeryTarget Timetables()
    {
        var chain = Chain();
        var timetable = Some.Timetable;
        return Target(
            timetable.Sign(SomeKeys.Server),
            text => chain.VerifyTimetable(text, Some.Speaker, Some.Path, timetable.Version - 1, now).Ok,
            timetable,
            [SomeKeys.Root, SomeKeys.Officer, SomeKeys.Technician],
            [
                random => (timetable with { Version = random.Next(1, 7) }).Sign(SomeKeys.Server),
                _ => (timetable with { Speaker = Some.OtherSpeaker }).Sign(SomeKeys.Server),
            ]
        );
    }

    static ForgeryTarget Commands()
    {
        var chain = Chain();
        var command = Some.Command;
        var replayed = command with { Nonce = "a-nonce-used-before" };
        return Target(
            command.Sign(SomeKeys.Server),
            text =>
            {
                var nonces = new NonceMemory([new SeenNonce(replayed.Nonce, replayed.Expires)]);
                return chain.VerifyCommand(text, Some.Speaker, Some.Path, nonces, now).Ok;
            },
            command,
            [SomeKeys.Root, SomeKeys.Officer, SomeKeys.Technician],
            [
                _ => replayed.Sign(SomeKeys.Server),
                _ => (command with { Speaker = Some.OtherSpeaker }).Sign(SomeKeys.Server),
                _ => (command with { Name = "shell" }).Sign(SomeKeys.Server),
                random => (command with { Args = new CommandArgs(random.Next(101, 999)) }).Sign(SomeKeys.Server),
                random => (command with { Expires = now.AddSeconds(-random.Next(9_999)) }).Sign(SomeKeys.Server),
                random => (command with { IssuedAt = now.AddSeconds(random.Next(61, 999)) }).Sign(SomeKeys.Server),
            ]
        );
    }

    static ForgeryTarget Records()
    {
        RecordChain.Append(RecordHead.Start, Some.Record, SomeKeys.Speaker, out var head);
        var second = Some.Record with { Seq = head.Seq + 1, Prev = head.Hash };
        return Target(
            second.Sign(SomeKeys.Speaker),
            text =>
            {
                var verdict = RecordChain.Verify(
                    head,
                    text,
                    Some.Speaker,
                    SomeKeys.Speaker.Public,
                    out var link,
                    out var next
                );
                return verdict.Ok && link == RecordLink.Next && next != head;
            },
            second,
            [SomeKeys.Root, SomeKeys.Officer, SomeKeys.Server, SomeKeys.Technician],
            [
                _ => (second with { Seq = 1, Prev = "" }).Sign(SomeKeys.Speaker),
                random => (second with { Seq = random.Next(3, 99) }).Sign(SomeKeys.Speaker),
                _ => (second with { Prev = new string('0', 64) }).Sign(SomeKeys.Speaker),
                _ => (second with { Speaker = Some.OtherSpeaker }).Sign(SomeKeys.Speaker),
            ]
        );
    }

    static ForgeryTarget Proofs() =>
        Target(
            Some.Proof.Sign(SomeKeys.Speaker),
            text => ConnectionProof.Verify(text, Some.Speaker, SomeKeys.Speaker.Public, Some.Server, Some.Nonce).Ok,
            Some.Proof,
            [SomeKeys.Root, SomeKeys.Officer, SomeKeys.Server, SomeKeys.Technician],
            [
                _ => (Some.Proof with { Speaker = Some.OtherSpeaker }).Sign(SomeKeys.Speaker),
                _ => (Some.Proof with { Server = "other.example" }).Sign(SomeKeys.Speaker),
                random => (Some.Proof with { Nonce = $"an-older-nonce-{random.Next()}" }).Sign(SomeKeys.Speaker),
            ]
        );

    static ForgeryTarget Enrolments() =>
        Target(
            Some.Enrolment.Sign(SomeKeys.Speaker),
            text => Enrolment.Verify(text).Ok,
            Some.Enrolment,
            [SomeKeys.Root, SomeKeys.Officer, SomeKeys.Server, SomeKeys.Technician],
            [_ => (Some.Enrolment with { Jwk = SomeKeys.Stranger.Public.Jwk }).Sign(SomeKeys.Speaker)]
        );

    static ForgeryTarget Target<T>(
        string good,
        Func<string, bool> accepts,
        T document,
        SigningKey[] wrong,
        Func<Random, string>[] spoiled
    )
        where T : AirDocument<T>, IAirDocument<T>
    {
        SigningKey[] keys = [.. wrong, SomeKeys.Stranger, expired, early, revoked, elsewhere, nowhere];
        Jws.TryRead(good, int.MaxValue, out var read, out _);
        string[] others =
        [
            .. Everything().Where(text => !text.StartsWith(good[..good.IndexOf('.')], StringComparison.Ordinal)),
        ];
        return new ForgeryTarget(
            good,
            accepts,
            others,
            [
                .. spoiled,
                // Signed by somebody who may not.
                random => document.Sign(keys[random.Next(keys.Length)]),
                // Signed by somebody who may not, in the name of him who may.
                random =>
                {
                    var draft = document.Draft(read!.KeyId);
                    return Jws.Complete(draft, keys[random.Next(keys.Length)].Sign(Encoding.ASCII.GetBytes(draft)));
                },
                // A good document of another type, and its content under this type's name.
                random => others[random.Next(others.Length)],
                random =>
                {
                    Jws.TryRead(others[random.Next(others.Length)], int.MaxValue, out var other, out _);
                    return Jws.Sign(keys[random.Next(keys.Length)], T.Type, other!.Payload);
                },
            ]
        );
    }

    /// <summary>One good document of each type, by its own signer.</summary>
    static string[] Everything() =>
        [
            Some.ToOfficer.Sign(SomeKeys.Root),
            Some.Revocations.Sign(SomeKeys.Root),
            Some.Release.Sign(SomeKeys.Officer),
            Some.Placement.Sign(SomeKeys.Technician),
            Some.Timetable.Sign(SomeKeys.Server),
            Some.Command.Sign(SomeKeys.Server),
            RecordChain.Append(RecordHead.Start, Some.Record, SomeKeys.Speaker, out _),
            Some.Proof.Sign(SomeKeys.Speaker),
            Some.Enrolment.Sign(SomeKeys.Speaker),
        ];

    static Chain Chain()
    {
        var chain = Some.Chain(
            Some.Delegation(expired, kinds) with
            {
                Expires = now,
                Units = [Some.Province],
            },
            Some.Delegation(early, kinds) with
            {
                NotBefore = now.AddMilliseconds(1),
                Units = [Some.Province],
            },
            Some.Delegation(revoked, kinds) with
            {
                Units = [Some.Province],
            },
            Some.Delegation(elsewhere, kinds) with
            {
                Units = [Some.OtherCommune],
            },
            Some.Delegation(nowhere, kinds) with
            {
                Units = [],
            }
        );
        var list = Some.Revocations with { Kids = [revoked.KeyId] };
        Assert.True(chain.Revoke(list.Sign(SomeKeys.Root)).Ok);
        return chain;
    }
}
