using System.Text;
using Loa.Jose;

namespace Loa.Air;

/// <summary>Several delegations of one key, changes of root, and what came with protocol 3.</summary>
static partial class VectorMaker
{
    static IEnumerable<Vector> Several()
    {
        var spare = Some.Delegation(SomeKeys.Spare, AirKind.Release);
        yield return Allowed(
            "one of two delegations allows",
            "ok",
            spare with
            {
                Id = Some.Id(81),
                Units = [Some.OtherCommune],
            },
            spare
        );
        yield return Allowed(
            "the rights of two delegations do not add up",
            Refusal.DelegationClass,
            spare with
            {
                Id = Some.Id(81),
                Units = [Some.OtherCommune],
            },
            spare with
            {
                Classes = [],
            }
        );
        yield return Allowed(
            "the reason is that of the one that came furthest",
            Refusal.DelegationUnit,
            spare with
            {
                Id = Some.Id(81),
                Expires = Some.Now,
            },
            spare with
            {
                Units = [Some.OtherCommune],
            },
            spare with
            {
                Id = Some.Id(82),
                NotBefore = Some.Now.AddDays(1),
            }
        );
        var anew = Jws.Sign(
            SomeKeys.Root,
            Delegation.Type,
            Encoding.UTF8.GetBytes(TextOf(spare).Replace("[\"release\"]", "[\"something-new\",\"release\"]"))
        );
        yield return Make("a kind that is not known yet, beside one that is", "delegation", anew, "ok");
        yield return Make(
            "by a delegation with a kind that is not known yet",
            "release",
            Some.Release.Sign(SomeKeys.Spare),
            "ok"
        ) with
        {
            Delegations = [anew],
        };
        var urgent = Some.Timetable with { Items = [Some.Timetable.Items[0] with { Class = AirClass.Emergency }] };
        yield return Make(
            "an item of a class that is not delegated",
            "timetable",
            urgent.Sign(SomeKeys.Spare),
            Refusal.DelegationClass
        ) with
        {
            Delegations = [Some.Delegation(SomeKeys.Spare, AirKind.Timetable).Sign(SomeKeys.Root)],
        };
        var change = Some.Timetable with { Base = 6, Items = [], Drop = [Some.Id(3)] };
        yield return Timetable("a change that only drops", change, "ok") with
        {
            HeldVersion = 6,
        };
        yield return Timetable("drops without a base", change, "\"base\":6,", "", Refusal.JwsMalformed);
        var first = RecordChain.Append(RecordHead.Start, Some.Record, SomeKeys.Speaker, out var one);
        var second = RecordChain.Append(one, Some.Record, SomeKeys.Speaker, out var two);
        var third = RecordChain.Append(two, Some.Record, SomeKeys.Speaker, out _);
        var stranger = RecordChain.Append(
            one with
            {
                Hash = new string('d', 64),
            },
            Some.Record,
            SomeKeys.Speaker,
            out _
        );
        yield return Linked("follows", second, one, "ok");
        yield return Linked("is stored already", first, one, "repeat");
        yield return Linked("leaves one out", third, one, "record.gap");
        yield return Linked("has another past", stranger, one, "record.broken");
    }

    static IEnumerable<Vector> Roots()
    {
        var change = Some.RootChange.Sign(SomeKeys.Root);
        var next = SomeKeys.NextRoot;
        var spare = Some.Delegation(SomeKeys.Spare, AirKind.Release);
        var after = Some.RootChange.Expires;
        yield return Make("by the root", "root", change, "ok");
        yield return Make("after its own end", "root", change, "ok") with
        {
            Now = after.AddDays(90).ToUnixTimeMilliseconds(),
        };
        yield return Make("by an officer", "root", Some.RootChange.Sign(SomeKeys.Officer), Refusal.KeyUnknown);
        yield return Make("by the root that it names", "root", Some.RootChange.Sign(next), Refusal.KeyUnknown);
        yield return Make("spoiled", "root", Spoil(change), Refusal.JwsSignature);
        yield return Make("with its other signature", "root", Jws.Twin(change), Refusal.JwsSignature);
        yield return Make("one that is held", "root", change, Refusal.RootOlder) with
        {
            Roots = [change],
        };
        yield return Make(
            "by the root of before",
            "root",
            (Some.RootChange with { Version = 2, Kid = SomeKeys.Spare.KeyId, Jwk = SomeKeys.Spare.Public.Jwk }).Sign(
                SomeKeys.Root
            ),
            Refusal.RootOlder
        ) with
        {
            Roots = [change],
        };
        yield return Make(
            "back to the root of before",
            "root",
            (Some.RootChange with { Version = 2, Kid = SomeKeys.Root.KeyId, Jwk = SomeKeys.Root.Public.Jwk }).Sign(
                next
            ),
            Refusal.RootOlder
        ) with
        {
            Roots = [change],
        };
        yield return Make("by the new root", "delegation", spare.Sign(next), "ok") with
        {
            Roots = [change],
        };
        yield return Make("by the new root, unnamed", "delegation", spare.Sign(next), Refusal.DelegationSignature);
        var old = Make(
            "delegated by the root of before, in time",
            "release",
            Some.Release.Sign(SomeKeys.Officer),
            "ok"
        ) with
        {
            Roots = [change],
            Now = after.AddMilliseconds(-1).ToUnixTimeMilliseconds(),
        };
        yield return old;
        yield return old with
        {
            Name = "delegated by the root of before, too late",
            Now = after.ToUnixTimeMilliseconds(),
            Expect = Refusal.DelegationExpired,
        };
        var revocations = (Some.Revocations with { Version = 2 }).Sign(next);
        yield return Make("by the new root", "revocations", revocations, "ok") with
        {
            Roots = [change],
        };
        yield return Make(
            "by the root of before, too late",
            "revocations",
            (Some.Revocations with { Version = 2 }).Sign(SomeKeys.Root),
            Refusal.KeyUnknown
        ) with
        {
            Roots = [change],
            Now = after.ToUnixTimeMilliseconds(),
        };
        yield return Make(
            "by the root of before, too late",
            "placement",
            (Some.Placement with { Version = 2 }).Sign(SomeKeys.Root),
            Refusal.KeyUnknown
        ) with
        {
            Roots = [change],
            Now = after.ToUnixTimeMilliseconds(),
        };
    }

    static IEnumerable<Vector> Later()
    {
        var release = Some.Release.Sign(SomeKeys.Officer);
        var item = Make("a recording by name", "item", release, "ok") with
        {
            ItemRelease = Jws.Digest(release),
            ItemClass = AirClass.Ordinary,
            ItemContent = "recording",
        };
        yield return item;
        yield return item with
        {
            Name = "a content that this version does not play",
            ItemContent = "relay",
            Expect = Refusal.Unsupported,
        };
        yield return item with
        {
            Name = "a content that nobody knows",
            ItemContent = "smell",
            Expect = Refusal.Unsupported,
        };
        yield return Timetable(
            "with an item that this version does not play",
            Some.Timetable with
            {
                Items = [Some.Timetable.Items[0] with { Content = "live" }],
            },
            "ok"
        );
        var pieces = Some.Release with
        {
            Length = Release.PieceBytes + 1,
            Pieces = [new string('d', 64), new string('e', 64)],
        };
        yield return Make("with pieces", "release", pieces.Sign(SomeKeys.Officer), "ok");
        yield return Make(
            "with a piece too few",
            "release",
            Jws.Sign(
                SomeKeys.Officer,
                Release.Type,
                Encoding.UTF8.GetBytes(TextOf(pieces).Replace($",\"{new string('e', 64)}\"", ""))
            ),
            Refusal.JwsMalformed
        );
        yield return Make(
            "with a head of the ledger",
            "ack",
            (Some.Ack with { Head = Some.Head }).Sign(SomeKeys.Server),
            "ok"
        );
        yield return Make(
            "a head of the ledger",
            "record",
            RecordChain.Append(
                RecordHead.Start,
                AirRecord.Noted(Some.Speaker, Some.Now, Some.Head),
                SomeKeys.Speaker,
                out _
            ),
            "ok"
        );
        var local = new AirRecord(Some.Speaker, 0, "", Some.Now, RecordKind.Local)
        {
            Source = "microphone",
            Start = Some.Now,
            End = Some.Now.AddMinutes(3),
        };
        yield return Make(
            "a sound of its own",
            "record",
            RecordChain.Append(RecordHead.Start, local, SomeKeys.Speaker, out _),
            "ok"
        );
        var enrolment = Some.Enrolment with { Vendor = "Công ty Loa", Can = ["volume", "stop", "something-new"] };
        yield return Make("with its maker and what it can", "enrolment", enrolment.Sign(SomeKeys.Speaker), "ok");
        yield return Make(
            "of protocol 2",
            "enrolment",
            (Some.Enrolment with { Protocol = 2 }).Sign(SomeKeys.Speaker),
            "ok"
        );
        yield return Make("of protocol 2", "proof", (Some.Proof with { Protocol = 2 }).Sign(SomeKeys.Speaker), "ok");
    }

    static Vector Allowed(string name, string expect, params Delegation[] known) =>
        Make(name, "release", Some.Release.Sign(SomeKeys.Spare), expect) with
        {
            Delegations = [.. known.Select(d => d.Sign(SomeKeys.Root))],
        };

    static Vector Linked(string name, string record, RecordHead head, string expect) =>
        Make(name, "chain", record, expect) with
        {
            HeadSeq = head.Seq,
            HeadHash = head.Hash,
        };
}
