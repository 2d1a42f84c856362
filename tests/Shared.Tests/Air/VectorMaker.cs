using System.Buffers.Text;
using System.Text;
using Loa.Jose;

namespace Loa.Air;

/// <summary>Makes the test vectors: for each check what must pass, and one document for each reason to refuse.</summary>
static partial class VectorMaker
{
    static readonly string[] delegations =
    [
        Some.ToServer.Sign(SomeKeys.Root),
        Some.ToOfficer.Sign(SomeKeys.Root),
        Some.ToTechnician.Sign(SomeKeys.Root),
    ];

    public static IReadOnlyList<Vector> All() =>
        [
            .. Shapes(),
            .. Trust(),
            .. Releases(),
            .. Items(),
            .. Timetables(),
            .. Commands(),
            .. Placements(),
            .. Packages(),
            .. Times(),
            .. Acks(),
            .. Own(),
            .. Twins(),
            .. Spellings(),
            .. Numbers(),
            .. Several(),
            .. Roots(),
            .. Later(),
            .. Streams(),
            .. Groups(),
        ];

    /// <summary>Each document with its other signature, which anybody can make without the key.</summary>
    static IEnumerable<Vector> Twins()
    {
        const string highest = "s above half the order";
        var delegation = Some.Delegation(SomeKeys.Spare, AirKind.Release).Sign(SomeKeys.Root);
        yield return Make(highest, "delegation", Jws.Twin(delegation), Refusal.DelegationSignature);
        yield return Twin("revocations", (Some.Revocations with { Version = 2 }).Sign(SomeKeys.Root));
        yield return Twin("release", Some.Release.Sign(SomeKeys.Officer));
        yield return Twin("timetable", Some.Timetable.Sign(SomeKeys.Server));
        yield return Twin("command", Some.Command.Sign(SomeKeys.Server));
        yield return Twin("placement", Some.Placement.Sign(SomeKeys.Root));
        yield return Twin("time", Some.Time.Sign(SomeKeys.Server));
        yield return Twin("ack", Some.Ack.Sign(SomeKeys.Server));
        yield return Twin("record", RecordChain.Append(RecordHead.Start, Some.Record, SomeKeys.Speaker, out _));
        yield return Twin("proof", Some.Proof.Sign(SomeKeys.Speaker));
        yield return Twin("enrolment", Some.Enrolment.Sign(SomeKeys.Speaker));
        yield return Package(highest, Jws.Twin(Some.Package.Sign(SomeKeys.Maker)), Refusal.JwsSignature);
        var release = Some.Release.Sign(SomeKeys.Officer);
        var item = Make(highest, "item", Jws.Twin(release), Refusal.JwsSignature) with
        {
            ItemRelease = Jws.Digest(Jws.Twin(release)),
            ItemClass = AirClass.Ordinary,
        };
        yield return item;
        yield return item with
        {
            Name = "named by its other signature",
            Document = release,
            Expect = "ok",
        };

        static Vector Twin(string verify, string document) =>
            Make(highest, verify, Jws.Twin(document), Refusal.JwsSignature);
    }

    static IEnumerable<Vector> Shapes()
    {
        var payload = "{\"v\":1}"u8.ToArray();
        var good = Some.Release.Sign(SomeKeys.Officer);
        var parts = good.Split('.');
        yield return Make("header names no algorithm", "release", WithHeader("none", parts), Refusal.JwsAlgorithm);
        yield return Make("header names HMAC", "release", WithHeader("HS256", parts), Refusal.JwsAlgorithm);
        yield return Make("padding", "release", good + "==", Refusal.JwsMalformed);
        yield return Make("two parts", "release", $"{parts[0]}.{parts[1]}", Refusal.JwsMalformed);
        yield return Make(
            "header with one more member",
            "release",
            WithHeaderText(
                $$"""{"alg":"ES256","typ":"loa-release","kid":"{{SomeKeys.Officer.KeyId}}","crit":[]}""",
                parts
            ),
            Refusal.JwsMalformed
        );
        yield return Make(
            "a timetable for a release",
            "release",
            Some.Timetable.Sign(SomeKeys.Server),
            Refusal.DocumentType
        );
        yield return Make(
            "version 2",
            "release",
            Jws.Sign(SomeKeys.Officer, Release.Type, "{\"v\":2}"u8),
            Refusal.DocumentVersion
        );
        yield return Make(
            "members missing",
            "release",
            Jws.Sign(SomeKeys.Officer, Release.Type, payload),
            Refusal.JwsMalformed
        );
        yield return Make(
            "longer than 16 KiB",
            "release",
            Jws.Sign(
                SomeKeys.Officer,
                Release.Type,
                Encoding.ASCII.GetBytes($$"""{"v":1,"title":"{{new string('x', 13_000)}}"}""")
            ),
            Refusal.DocumentSize
        );
    }

    static IEnumerable<Vector> Trust()
    {
        var delegation = Some.Delegation(SomeKeys.Spare, AirKind.Release);
        yield return Make("by the root", "delegation", delegation.Sign(SomeKeys.Root), "ok");
        yield return Make(
            "by an officer",
            "delegation",
            delegation.Sign(SomeKeys.Officer),
            Refusal.DelegationSignature
        );
        yield return Make(
            "key id of another key",
            "delegation",
            Jws.Sign(
                SomeKeys.Root,
                Delegation.Type,
                Encoding.UTF8.GetBytes(
                    Encoding
                        .UTF8.GetString(Base64Url.DecodeFromChars(delegation.Sign(SomeKeys.Root).Split('.')[1]))
                        .Replace(SomeKeys.Spare.KeyId, SomeKeys.Stranger.KeyId)
                )
            ),
            Refusal.JwsMalformed
        );
        var second = Some.Revocations with { Version = 2, Kids = [SomeKeys.Spare.KeyId] };
        yield return Make("by the root", "revocations", second.Sign(SomeKeys.Root), "ok");
        yield return Make("by the server", "revocations", second.Sign(SomeKeys.Server), Refusal.KeyUnknown);
        yield return Make("spoiled", "revocations", Spoil(second.Sign(SomeKeys.Root)), Refusal.JwsSignature);
        yield return Make("older", "revocations", Some.Revocations.Sign(SomeKeys.Root), Refusal.RevocationsOlder) with
        {
            Revocations = second.Sign(SomeKeys.Root),
        };
    }

    static IEnumerable<Vector> Releases()
    {
        var release = Some.Release;
        yield return Make("good", "release", release.Sign(SomeKeys.Officer), "ok");
        yield return Make("one bit turned", "release", Spoil(release.Sign(SomeKeys.Officer)), Refusal.JwsSignature);
        yield return Make("no delegation", "release", release.Sign(SomeKeys.Stranger), Refusal.KeyUnknown);
        yield return Make("by the root itself", "release", release.Sign(SomeKeys.Root), Refusal.KeyUnknown);
        yield return Make("by the server's key", "release", release.Sign(SomeKeys.Server), Refusal.DelegationKind);
        yield return BySpare("delegation over", d => d with { Expires = Some.Now }, Refusal.DelegationExpired);
        yield return BySpare(
            "delegation to come",
            d => d with { NotBefore = Some.Now.AddDays(1) },
            Refusal.DelegationEarly
        );
        yield return BySpare(
            "delegation for elsewhere",
            d => d with { Units = [Some.OtherCommune] },
            Refusal.DelegationUnit
        );
        yield return BySpare("delegation for nowhere", d => d with { Units = [] }, Refusal.DelegationUnit);
        yield return BySpare(
            "delegation below the unit meant",
            d => d with { Units = [Some.Hamlet] },
            Refusal.DelegationUnit
        );
        yield return BySpare(
            "delegation for another class",
            d => d with { Classes = [AirClass.Emergency] },
            Refusal.DelegationClass
        );
        yield return BySpare("delegation for the province", d => d with { Units = [Some.Province] }, "ok");
        yield return BySpare("key revoked", d => d, Refusal.DelegationRevoked) with
        {
            Revocations = (Some.Revocations with { Kids = [SomeKeys.Spare.KeyId] }).Sign(SomeKeys.Root),
        };
        yield return BySpare("delegation revoked", d => d with { Id = Some.Id(77) }, Refusal.DelegationRevoked) with
        {
            Revocations = (Some.Revocations with { Delegations = [Some.Id(77)] }).Sign(SomeKeys.Root),
        };
        yield return Make("another unit", "release", release.Sign(SomeKeys.Officer), Refusal.ReleaseUnit) with
        {
            Path = [Some.Province, Some.OtherDistrict, Some.OtherCommune],
        };
        yield return Make("last moment", "release", release.Sign(SomeKeys.Officer), "ok") with
        {
            Now = release.Expires.AddMilliseconds(-1).ToUnixTimeMilliseconds(),
        };
        yield return Make("over", "release", release.Sign(SomeKeys.Officer), Refusal.ReleaseExpired) with
        {
            Now = release.Expires.ToUnixTimeMilliseconds(),
        };
        yield return Make("to come", "release", release.Sign(SomeKeys.Officer), Refusal.ReleaseEarly) with
        {
            Now = release.NotBefore.AddMilliseconds(-1).ToUnixTimeMilliseconds(),
        };
    }

    static IEnumerable<Vector> Items()
    {
        var release = Some.Release.Sign(SomeKeys.Officer);
        var item = Make("good", "item", release, "ok") with
        {
            ItemRelease = Jws.Digest(release),
            ItemClass = AirClass.Ordinary,
        };
        yield return item;
        yield return item with
        {
            Name = "another class",
            ItemClass = AirClass.Priority,
            Expect = Refusal.ReleaseClass,
        };
        yield return item with
        {
            Name = "another release",
            Document = Some.Release.Sign(SomeKeys.Officer),
            Expect = Refusal.ReleaseMissing,
        };
    }

    static IEnumerable<Vector> Timetables()
    {
        var timetable = Some.Timetable.Sign(SomeKeys.Server);
        yield return Make("good", "timetable", timetable, "ok") with
        {
            HeldVersion = 6,
        };
        yield return Make("the same version", "timetable", timetable, Refusal.TimetableOlder) with
        {
            HeldVersion = 7,
        };
        yield return Make("by an officer", "timetable", Some.Timetable.Sign(SomeKeys.Officer), Refusal.DelegationKind);
        yield return Make(
            "for another speaker",
            "timetable",
            (Some.Timetable with { Speaker = Some.OtherSpeaker }).Sign(SomeKeys.Server),
            Refusal.TimetableSpeaker
        );
        var change = (Some.Timetable with { Version = 8, Base = 7, Items = [], Drop = [Some.Id(3)] }).Sign(
            SomeKeys.Server
        );
        yield return Make("a change of the one held", "timetable", change, "ok") with
        {
            HeldVersion = 7,
        };
        yield return Make("a change of another", "timetable", change, Refusal.TimetableBase) with
        {
            HeldVersion = 6,
        };
        yield return Make("a change of none", "timetable", change, Refusal.TimetableBase) with
        {
            HeldVersion = 0,
        };
    }

    static IEnumerable<Vector> Commands()
    {
        var command = Some.Command;
        var good = Make("good", "command", command.Sign(SomeKeys.Server), "ok");
        yield return good;
        yield return good with
        {
            Name = "once more",
            SeenNonces = [Some.Nonce],
            Expect = Refusal.CommandReplayed,
        };
        yield return Command(
            "for another speaker",
            command with
            {
                Speaker = Some.OtherSpeaker,
            },
            Refusal.CommandSpeaker
        );
        yield return Command("over", command with { Expires = Some.Now }, Refusal.CommandExpired);
        yield return Command("to come", command with { IssuedAt = Some.Now.AddMinutes(2) }, Refusal.DocumentEarly);
        yield return Command("not on the list", command with { Name = "shell" }, Refusal.CommandUnknown);
        yield return Command("too loud", command with { Args = new CommandArgs(101) }, Refusal.CommandUnknown);
        yield return Command("one horn", command with { Args = new CommandArgs(40, Horn: 2) }, "ok");
        yield return Command("a pause for ever", Named(Air.Command.Pause, new CommandArgs()), Refusal.CommandUnknown);
        yield return Command("a pause", Named(Air.Command.Pause, new CommandArgs(Minutes: 30)), "ok");
        yield return Command("amplifier off", Named(Air.Command.Amplifier, new CommandArgs(On: false)), "ok");
        yield return Command("a self-test", Named(Air.Command.SelfTest, new CommandArgs()), "ok");
        var package = Jws.Digest(Some.Package.Sign(SomeKeys.Maker));
        yield return Command("an update", Named(Air.Command.Update, new CommandArgs(Package: package)), "ok");
        yield return Command(
            "an update to nothing",
            Named(Air.Command.Update, new CommandArgs()),
            Refusal.CommandUnknown
        );
        yield return Command(
            "another server",
            Named(Air.Command.ChangeServer, new CommandArgs(Server: "https://loa.example")),
            "ok"
        );
        yield return Command(
            "a server that is a file",
            Named(Air.Command.ChangeServer, new CommandArgs(Server: "file:///etc/passwd")),
            Refusal.CommandUnknown
        );
    }

    static IEnumerable<Vector> Placements()
    {
        var move = Some.Placement with { Version = 2 };
        var held = Some.Placement.Sign(SomeKeys.Root);
        yield return Make("the first, by the root", "placement", held, "ok");
        yield return Placement("by a technician", move, SomeKeys.Technician, "ok");
        yield return Placement("by the server", move, SomeKeys.Server, Refusal.DelegationKind);
        yield return Placement("the same version", Some.Placement, SomeKeys.Root, Refusal.PlacementOlder);
        yield return Placement(
            "another key",
            move with
            {
                Kid = SomeKeys.Stranger.KeyId,
            },
            SomeKeys.Root,
            Refusal.PlacementSpeaker
        );
        yield return Placement(
            "out of the technician's district",
            move with
            {
                Path = [Some.Province, Some.OtherDistrict],
            },
            SomeKeys.Technician,
            Refusal.DelegationUnit
        );
    }

    static IEnumerable<Vector> Packages()
    {
        var package = Some.Package;
        var good = Package("by the maker", package, SomeKeys.Maker, "ok");
        yield return good;
        yield return good with
        {
            Name = "the same version",
            HeldVersion = 3,
            Expect = Refusal.PackageOlder,
        };
        yield return Package("by the server", package, SomeKeys.Server, Refusal.DelegationKind);
        yield return Package("by an officer", package, SomeKeys.Officer, Refusal.DelegationKind);
        yield return Package(
            "elsewhere",
            package with
            {
                Units = [Some.OtherDistrict],
            },
            SomeKeys.Maker,
            Refusal.PackageUnit
        );
        yield return Package(
            "another model",
            package with
            {
                Models = ["loa-other"],
            },
            SomeKeys.Maker,
            Refusal.PackageModel
        );
        yield return Package("for every model", package with { Models = [] }, SomeKeys.Maker, "ok");
        yield return Package("over", package with { Expires = Some.Now }, SomeKeys.Maker, Refusal.PackageExpired);
        yield return Package(
            "to come",
            package with
            {
                NotBefore = Some.Now.AddDays(1),
            },
            SomeKeys.Maker,
            Refusal.PackageEarly
        );
        yield return good with
        {
            Name = "another one than the command names",
            PackageNamed = new string('c', 64),
            Expect = Refusal.PackageMissing,
        };
    }

    static IEnumerable<Vector> Times()
    {
        var time = Some.Time;
        var good = Make("by the server", "time", time.Sign(SomeKeys.Server), "ok");
        yield return good;
        // A speaker that starts in 1970 believes it as well.
        yield return good with
        {
            Name = "to a speaker that knows no time",
            Now = 0,
        };
        yield return good with
        {
            Name = "to another question",
            Document = (time with { Nonce = new string('A', 43) }).Sign(SomeKeys.Server),
            Expect = Refusal.TimeNonce,
        };
        yield return good with
        {
            Name = "to another speaker",
            Document = (time with { Speaker = Some.OtherSpeaker }).Sign(SomeKeys.Server),
            Expect = Refusal.TimeNonce,
        };
        yield return good with
        {
            Name = "by an officer",
            Document = time.Sign(SomeKeys.Officer),
            Expect = Refusal.DelegationKind,
        };
        var late = Some.ToServer.Expires;
        yield return good with
        {
            Name = "when the server may no longer sign",
            Document = (time with { AnsweredUs = ToldTime.Microseconds(late) }).Sign(SomeKeys.Server),
            Expect = Refusal.DelegationExpired,
        };
    }

    static IEnumerable<Vector> Acks()
    {
        var ack = Some.Ack;
        var good = Make("by the server", "ack", ack.Sign(SomeKeys.Server), "ok");
        yield return good;
        yield return good with
        {
            Name = "before the first record",
            Document = (ack with { Seq = 0, Hash = "" }).Sign(SomeKeys.Server),
        };
        yield return good with
        {
            Name = "with a record that was refused",
            Document = (ack with { Refused = new(3, Refusal.JwsSignature) }).Sign(SomeKeys.Server),
        };
        yield return good with
        {
            Name = "of another speaker",
            Document = (ack with { Speaker = Some.OtherSpeaker }).Sign(SomeKeys.Server),
            Expect = Refusal.AckSpeaker,
        };
        yield return good with
        {
            Name = "by an officer",
            Document = ack.Sign(SomeKeys.Officer),
            Expect = Refusal.DelegationKind,
        };
        yield return good with
        {
            Name = "by nobody known",
            Document = ack.Sign(SomeKeys.Stranger),
            Expect = Refusal.KeyUnknown,
        };
        yield return good with
        {
            Name = "when the server may no longer sign",
            Now = Some.ToServer.Expires.ToUnixTimeMilliseconds(),
            Expect = Refusal.DelegationExpired,
        };
    }

    static IEnumerable<Vector> Own()
    {
        var first = RecordChain.Append(RecordHead.Start, Some.Record, SomeKeys.Speaker, out var head);
        var second = RecordChain.Append(head, Some.Record, SomeKeys.Speaker, out _);
        yield return Make("the first", "record", first, "ok");
        yield return Make("the second", "record", second, "ok") with
        {
            HeadSeq = head.Seq,
            HeadHash = head.Hash,
        };
        yield return Make("spoiled", "record", Spoil(first), Refusal.JwsSignature);
        yield return Make("good", "proof", Some.Proof.Sign(SomeKeys.Speaker), "ok");
        yield return Make("by another key", "proof", Some.Proof.Sign(SomeKeys.Stranger), Refusal.KeyUnknown);
        yield return Make(
            "for an older nonce",
            "proof",
            (Some.Proof with { Nonce = new string('A', 43) }).Sign(SomeKeys.Speaker),
            Refusal.DocumentExpired
        );
        yield return Make("good", "enrolment", Some.Enrolment.Sign(SomeKeys.Speaker), "ok");
        yield return Make("by another key", "enrolment", Some.Enrolment.Sign(SomeKeys.Stranger), Refusal.KeyUnknown);
    }

    static Vector Make(string name, string verify, string document, string expect) =>
        new(name, verify, document, expect, Some.Now.ToUnixTimeMilliseconds(), Some.Path, delegations);

    static Vector BySpare(string name, Func<Delegation, Delegation> change, string expect) =>
        Make(name, "release", Some.Release.Sign(SomeKeys.Spare), expect) with
        {
            Delegations = [change(Some.Delegation(SomeKeys.Spare, AirKind.Release)).Sign(SomeKeys.Root)],
        };

    static Command Named(string name, CommandArgs args) => Some.Command with { Name = name, Args = args };

    static Vector Package(string name, Package package, SigningKey key, string expect) =>
        Package(name, package.Sign(key), expect);

    static Vector Package(string name, string package, string expect) =>
        Make(name, "package", package, expect) with
        {
            HeldVersion = 2,
            PackageNamed = Jws.Digest(package),
            Delegations = [.. delegations, Some.ToMaker.Sign(SomeKeys.Root)],
        };

    static Vector Command(string name, Command command, string expect) =>
        Make(name, "command", command.Sign(SomeKeys.Server), expect);

    static Vector Placement(string name, Placement placement, SigningKey key, string expect) =>
        Make(name, "placement", placement.Sign(key), expect) with
        {
            HeldPlacement = Some.Placement.Sign(SomeKeys.Root),
        };

    static string WithHeader(string algorithm, string[] parts) =>
        WithHeaderText($$"""{"alg":"{{algorithm}}","typ":"loa-release","kid":"{{SomeKeys.Officer.KeyId}}"}""", parts);

    static string WithHeaderText(string header, string[] parts) =>
        $"{Base64Url.EncodeToString(Encoding.ASCII.GetBytes(header))}.{parts[1]}.{parts[2]}";

    /// <summary>Turns one bit in the middle of the signature.</summary>
    static string Spoil(string compact)
    {
        var parts = compact.Split('.');
        var signature = Base64Url.DecodeFromChars(parts[2]);
        signature[40] ^= 1;
        return $"{parts[0]}.{parts[1]}.{Base64Url.EncodeToString(signature)}";
    }
}
