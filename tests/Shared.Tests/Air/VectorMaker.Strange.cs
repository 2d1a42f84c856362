using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Loa.Jose;

namespace Loa.Air;

/// <summary>What two readers would most likely judge differently: spellings and numbers.</summary>
static partial class VectorMaker
{
    static readonly byte[] order = Convert.FromHexString(
        "FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551"
    );

    static IEnumerable<Vector> Spellings()
    {
        var good = TextOf(Some.Release);
        yield return Spelled("a known member twice", Before(good, "\"title\":\"x\","), Refusal.JwsMalformed);
        yield return Spelled("an unknown member twice", Before(good, "\"x\":1,\"x\":2,"), "ok");
        yield return Spelled("an unknown member", Before(good, "\"x\":{\"y\":[1,null]},"), "ok");
        yield return Spelled(
            "an unknown member nested too deep",
            Before(good, "\"x\":[[[[[[[[[1]]]]]]]]],"),
            Refusal.JwsMalformed
        );
        yield return Spelled("null for an optional member", Before(good, "\"pieces\":null,"), "ok");
        yield return Spelled(
            "null for a member that must be there",
            good.Replace("90000", "null"),
            Refusal.JwsMalformed
        );
        yield return Spelled("a number with a fraction", good.Replace("90000", "90000.0"), Refusal.JwsMalformed);
        yield return Spelled("a number with an exponent", good.Replace("90000", "9e4"), Refusal.JwsMalformed);
        yield return Spelled("a number as a text", good.Replace("90000", "\"90000\""), Refusal.JwsMalformed);
        yield return Spelled("white space and a final line end", good.Replace(",", " ,\n") + "\n", "ok");
        yield return Spelled("a byte order mark", "\uFEFF" + good, Refusal.JwsMalformed);
        yield return Titled("300 code units of 150 signs", string.Concat(Enumerable.Repeat("📢", 150)), "ok");
        yield return Titled(
            "302 code units of 151 signs",
            string.Concat(Enumerable.Repeat("📢", 151)),
            Refusal.JwsMalformed
        );
        yield return Titled("300 letters of 900 bytes", new string('ệ', 300), "ok");
        yield return Titled("301 letters", new string('e', 301), Refusal.JwsMalformed);
        yield return Spelled(
            "half a character",
            good.Replace("\"title\":\"", "\"title\":\"\\ud800"),
            Refusal.JwsMalformed
        );
        yield return Spelled(
            "a control character",
            good.Replace("\"title\":\"", "\"title\":\"\\u0000"),
            Refusal.JwsMalformed
        );
        yield return Spelled("a class that nobody knows", good.Replace("ordinary", "urgent"), Refusal.JwsMalformed);
        yield return Spelled("a class in capitals", good.Replace("ordinary", "Ordinary"), Refusal.JwsMalformed);
        yield return Spelled(
            "an id in capitals",
            good.Replace($"{Some.Id(2)}", "0190000A-0000-7000-8000-000000000002"),
            Refusal.JwsMalformed
        );
    }

    static IEnumerable<Vector> Numbers()
    {
        var good = Some.Release.Sign(SomeKeys.Officer);
        var (r, s) = (SignatureOf(good)[..32], SignatureOf(good)[32..]);
        var nothing = new byte[32];
        yield return Make("s is 0", "release", Signed(good, [.. r, .. nothing]), Refusal.JwsSignature);
        yield return Make("s is the order", "release", Signed(good, [.. r, .. order]), Refusal.JwsSignature);
        yield return Make("r is 0", "release", Signed(good, [.. nothing, .. s]), Refusal.JwsSignature);
        yield return Make("r is the order", "release", Signed(good, [.. order, .. s]), Refusal.JwsSignature);
        yield return Make(
            "a signature of 63 bytes",
            "release",
            Signed(good, SignatureOf(good)[..63]),
            Refusal.JwsMalformed
        );
        yield return Make(
            "unused bits that are not 0",
            "release",
            good[..^1] + (char)(good[^1] + 1),
            Refusal.JwsMalformed
        );
        var delegation = TextOf(Some.Delegation(SomeKeys.Spare, AirKind.Release));
        var y = SomeKeys.Spare.Public.Jwk.Y;
        yield return Make(
            "a point that is not on the curve",
            "delegation",
            Jws.Sign(
                SomeKeys.Root,
                Delegation.Type,
                Encoding.UTF8.GetBytes(delegation.Replace(y, (y[0] == 'A' ? 'B' : 'A') + y[1..]))
            ),
            Refusal.JwsMalformed
        );
        yield return Command("expires at the floor of what was forgotten", Some.Command, Refusal.CommandReplayed) with
        {
            NonceFloor = Some.Command.Expires.ToUnixTimeMilliseconds(),
        };
        yield return Command("expires after the floor of what was forgotten", Some.Command, "ok") with
        {
            NonceFloor = Some.Command.Expires.AddMilliseconds(-1).ToUnixTimeMilliseconds(),
        };
        yield return Timetable(
            "an hour that no day has",
            Some.Timetable with
            {
                Volumes = [new(0, 50)],
            },
            "\"from\":0,\"level\"",
            "\"from\":1440,\"level\"",
            Refusal.JwsMalformed
        );
        var items = Enumerable
            .Range(0, Air.Timetable.MostItems)
            .Select(i => Some.Timetable.Items[0] with { Id = Some.Id(1000 + i) });
        yield return Timetable("as many items as fit", Some.Timetable with { Items = [.. items] }, "ok");
        yield return Timetable(
            "one item more",
            Some.Timetable with
            {
                Items = [.. items],
            },
            "\"items\":[",
            $"\"items\":[{JsonSerializer.Serialize(Some.Timetable.Items[0], AirJson.Default.TimetableItem)},",
            Refusal.JwsMalformed
        );
    }

    static Vector Timetable(string name, Timetable timetable, string expect) =>
        Make(name, "timetable", timetable.Sign(SomeKeys.Server), expect);

    static Vector Timetable(string name, Timetable timetable, string text, string other, string expect) =>
        Make(
            name,
            "timetable",
            Jws.Sign(
                SomeKeys.Server,
                Air.Timetable.Type,
                Encoding.UTF8.GetBytes(TextOf(timetable).Replace(text, other))
            ),
            expect
        );

    static Vector Spelled(string name, string payload, string expect) =>
        Make(name, "release", Jws.Sign(SomeKeys.Officer, Release.Type, Encoding.UTF8.GetBytes(payload)), expect);

    static Vector Titled(string name, string title, string expect) =>
        Spelled(name, TextOf(Some.Release with { Title = "?" }).Replace("\"?\"", $"\"{title}\""), expect);

    static string Before(string payload, string members) => "{" + members + payload[1..];

    static string TextOf<T>(AirDocument<T> document)
        where T : AirDocument<T>, IAirDocument<T> =>
        Encoding.UTF8.GetString(Base64Url.DecodeFromChars(document.Draft(SomeKeys.Root.KeyId).Split('.')[1]));

    static byte[] SignatureOf(string compact) => Base64Url.DecodeFromChars(compact.Split('.')[2]);

    static string Signed(string compact, byte[] signature) =>
        compact[..(compact.LastIndexOf('.') + 1)] + Base64Url.EncodeToString(signature);
}
