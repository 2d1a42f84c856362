using System.Text;
using Loa.Jose;

namespace Loa.Air;

/// <summary>One kind of document with the speaker's or server's real check, and what a forger might try on it.</summary>
sealed partial record ForgeryTarget(
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
            [Package.Type] = Packages,
            [ToldTime.Type] = Times,
            [Acknowledgement.Type] = Acks,
            [AirRecord.Type] = Records,
            [ConnectionProof.Type] = Proofs,
            [Enrolment.Type] = Enrolments,
        };

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
            Some.Package.Sign(SomeKeys.Maker),
            Some.Time.Sign(SomeKeys.Server),
            Some.Ack.Sign(SomeKeys.Server),
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
