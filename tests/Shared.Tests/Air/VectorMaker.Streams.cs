using System.Buffers.Text;
using System.Globalization;
using System.Numerics;
using Loa.Jose;

namespace Loa.Air;

/// <summary>Sound that has no end yet: who may let it be heard, and what is a group of it.</summary>
static partial class VectorMaker
{
    static IEnumerable<Vector> Streams()
    {
        var relay = Some.Stream;
        var live = relay with { Id = Some.Id(92), Station = null, Jwk = SomeKeys.Spare.Public.Jwk };
        var toSpeak = Some.Delegation(SomeKeys.Officer, AirKind.Live);
        yield return Stream("a station", relay, SomeKeys.Server, "ok");
        yield return Stream(
            "a station that is not delegated",
            relay with
            {
                Station = "vov2",
            },
            SomeKeys.Server,
            Refusal.DelegationStation
        );
        yield return Stream("a station, by an officer", relay, SomeKeys.Officer, Refusal.DelegationKind, toSpeak);
        yield return Stream("a voice", live, SomeKeys.Officer, "ok", toSpeak);
        yield return Stream("a voice, by the server", live, SomeKeys.Server, Refusal.DelegationKind);
        yield return Stream(
            "a delegation that names no station",
            relay,
            SomeKeys.Server,
            Refusal.DelegationStation,
            Some.ToRelay with
            {
                Stations = null,
            }
        );
        yield return Stream(
            "an emergency that is not delegated",
            relay with
            {
                Class = AirClass.Emergency,
            },
            SomeKeys.Server,
            Refusal.DelegationClass
        );
        yield return Stream(
            "elsewhere",
            relay with
            {
                Units = [Some.OtherCommune],
            },
            SomeKeys.Server,
            Refusal.ReleaseUnit
        );
        yield return Stream("over", relay with { Expires = Some.Now }, SomeKeys.Server, Refusal.ReleaseExpired);
        yield return Stream(
            "to come",
            relay with
            {
                NotBefore = Some.Now.AddSeconds(1),
            },
            SomeKeys.Server,
            Refusal.ReleaseEarly
        );
        yield return Make("a release", "stream", Some.Release.Sign(SomeKeys.Officer), Refusal.DocumentType);
        yield return Make(
            "s above half the order",
            "stream",
            Jws.Twin(relay.Sign(SomeKeys.Server)),
            Refusal.JwsSignature
        ) with
        {
            Delegations = [Some.ToRelay.Sign(SomeKeys.Root)],
        };
        var item = Stream("as an item", relay, SomeKeys.Server, "ok") with { ItemClass = AirClass.Ordinary };
        item = item with { ItemRelease = Jws.Digest(item.Document), ItemContent = "relay" };
        yield return item;
        yield return item with
        {
            Name = "a station as a voice",
            ItemContent = "live",
            Expect = Refusal.DocumentType,
        };
        yield return item with
        {
            Name = "a station as a recording",
            ItemContent = null,
            Expect = Refusal.Unsupported,
        };
        yield return item with
        {
            Name = "another stream than the item names",
            ItemRelease = new string('a', 64),
            Expect = Refusal.ReleaseMissing,
        };
        yield return item with
        {
            Name = "a stream of another class than its item",
            ItemClass = AirClass.Priority,
            Expect = Refusal.ReleaseClass,
        };
    }

    static IEnumerable<Vector> Groups()
    {
        var stream = Some.Stream;
        // TOC 0x78: one CELT frame of 20 ms, one channel.
        byte[] packets = [0x78, 1, 2, 3, 0x78, 4, 5];
        var good = SoundGroup.Write(stream.Id, 48_000, packets, [4, 3], false, SomeKeys.Server);
        yield return Group("two packets", good, "ok");
        yield return Group("the end", SoundGroup.Write(stream.Id, 57_600, [], [], true, SomeKeys.Server), "ok");
        yield return Group(
            "by another key",
            SoundGroup.Write(stream.Id, 0, packets, [4, 3], false, SomeKeys.Spare),
            "no"
        );
        yield return Group(
            "of another stream",
            SoundGroup.Write(Some.Id(93), 0, packets, [4, 3], false, SomeKeys.Server),
            "no"
        );
        yield return Group("moved to another place", With(good, 27, 0x01), "no");
        yield return Group("one bit of the sound turned", With(good, 33, 0x01), "no");
        yield return Group("another version", With(good, 0, 0x03), "no");
        yield return Group("a flag that nobody knows", With(good, 1, 0x02), "no");
        yield return Group("a packet too few", With(good, 2, 0x03), "no");
        yield return Group("longer than its packets", [.. good, 0], "no");
        yield return Group("shorter than its packets", good[..^1], "no");
        yield return Group("nothing", [], "no");
        yield return Group("s above half the order", Twin(good), "no");

        static byte[] With(byte[] bytes, int at, byte turned)
        {
            byte[] other = [.. bytes];
            other[at] ^= turned;
            return other;
        }

        static byte[] Twin(byte[] bytes)
        {
            var curve = BigInteger.Parse(
                "0ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551",
                NumberStyles.AllowHexSpecifier,
                CultureInfo.InvariantCulture
            );
            byte[] other = [.. bytes];
            var s = new BigInteger(other.AsSpan(^32), isUnsigned: true, isBigEndian: true);
            other.AsSpan(^32).Clear();
            var turned = (curve - s).ToByteArray(isUnsigned: true, isBigEndian: true);
            turned.CopyTo(other.AsSpan(^turned.Length));
            return other;
        }

        Vector Group(string name, byte[] bytes, string expect) =>
            Make(name, "group", Base64Url.EncodeToString(bytes), expect) with
            {
                Delegations = [],
                Stream = stream.Sign(SomeKeys.Server),
            };
    }

    static Vector Stream(string name, SoundStream stream, SigningKey by, string expect, Delegation? known = null) =>
        Make(name, "stream", stream.Sign(by), expect) with
        {
            Delegations = [(known ?? Some.ToRelay).Sign(SomeKeys.Root)],
        };
}
