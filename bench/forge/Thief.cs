using System.Buffers.Text;
using System.Text;
using Loa.Air;
using Loa.Jose;

namespace Loa.Bench.Forge;

/// <summary>What a thief sends to a speaker, and the moment at which he would have it play.</summary>
sealed record Attempt(Timetable Order, SigningKey OrderedBy, string Release, DateTimeOffset Moment)
{
    public IReadOnlyList<string> Delegations { get; init; } = [];

    /// <summary>An older timetable than the one in force, or another speaker's.</summary>
    public bool OrderIsBad { get; init; }
}

/// <summary>
/// Somebody with a full copy of the server's database and its timetable and command key. He may order what was approved, in
/// its time; he tries everything else.
/// </summary>
sealed class Thief
{
    readonly Province province;
    readonly Random random;
    readonly SigningKey own = SigningKey.Create();
    readonly Func<Attempt>[] ruses;
    long version = 10;

    public Thief(Province province, Random random)
    {
        (this.province, this.random) = (province, random);
        ruses =
        [
            // As it is, at any moment, in any place: the truth decides.
            () => Play(Any().Text),
            () => Play(Any().Text, Enum.GetValues<AirClass>()[random.Next(3)]),
            () => Play(Changed(Any().Text)),
            () => Play(Turned(Any().Text)),
            () => Play(Jws.Twin(Any().Text)),
            () => Play(Widened().Sign(province.Server)),
            () => Play(Widened().Sign(own)),
            () => Play(InNameOf(Widened(), Any().By.Key.KeyId, province.Server)),
            () => Play(Widened().Sign(own)) with { Delegations = [MyOwnWord(own, own)] },
            () => Play(Widened().Sign(own)) with { Delegations = [MyOwnWord(own, province.Server)] },
            () => Play(Widened().Sign(own)) with { Delegations = [InRootsName(own)] },
            () =>
                Play(Widened().Sign(own)) with
                {
                    Delegations = [Changed(province.ServerWord), Turned(Any().By.Word)],
                },
            () => Play(province.ServerWord),
            () => Play(Jws.Sign(province.Server, Release.Type, Payload(Any().Text))),
            () => Play(Any().Text) with { OrderIsBad = true },
        ];
    }

    public Attempt Next() => ruses[random.Next(ruses.Length)]();

    Attempt Play(string release, AirClass? claimed = null)
    {
        var known = province.ByText.GetValueOrDefault(release);
        var airClass = claimed ?? known?.Release.Class ?? AirClass.Ordinary;
        var item = new TimetableItem(
            Guid.CreateVersion7(),
            Guid.CreateVersion7(),
            Jws.Digest(release),
            airClass,
            Some.Now.AddDays(-5),
            Some.Now.AddDays(5),
            Now: random.Next(2) == 0
        );
        var order = Some.Timetable with { Version = ++version, Items = [item] };
        return new Attempt(order, province.Server, release, Moment(known));
    }

    // Any, or where right and wrong touch: at the very edges of the time that a leader allowed.
    DateTimeOffset Moment(Approved? known) =>
        random.Next(4) switch
        {
            0 when known is not null => known.Release.NotBefore.AddMilliseconds(random.Next(-2, 3)),
            1 when known is not null => known.Release.Expires.AddMilliseconds(random.Next(-2, 3)),
            2 when known is not null => known.Release.NotBefore.AddMinutes(random.Next(0, 300)),
            _ => Some.Now.AddMinutes(random.Next(-5760, 5760)),
        };

    Approved Any() => province.Approved[random.Next(province.Approved.Count)];

    Release Widened() =>
        Any().Release with
        {
            Units = [Some.Province, Some.Commune],
            NotBefore = Some.Now.AddDays(-9),
            Expires = Some.Now.AddDays(9),
        };

    static string MyOwnWord(SigningKey to, SigningKey by) => Wide(to).Sign(by);

    static string InRootsName(SigningKey to)
    {
        var draft = Wide(to).Draft(SomeKeys.Root.KeyId);
        return Jws.Complete(draft, to.Sign(Encoding.ASCII.GetBytes(draft)));
    }

    static Delegation Wide(SigningKey to) =>
        Some.Delegation(to, Enum.GetValues<AirKind>()) with
        {
            Units = [Some.Province],
            Classes = Enum.GetValues<AirClass>(),
        };

    static string InNameOf(Release release, string keyId, SigningKey by)
    {
        var draft = release.Draft(keyId);
        return Jws.Complete(draft, by.Sign(Encoding.ASCII.GetBytes(draft)));
    }

    // Another digit somewhere in what was signed: another time, another digest, another length.
    string Changed(string text)
    {
        var parts = text.Split('.');
        var payload = Payload(text);
        int[] digits = [.. Enumerable.Range(0, payload.Length).Where(i => char.IsAsciiDigit((char)payload[i]))];
        var at = digits[random.Next(digits.Length)];
        payload[at] = (byte)('0' + ((payload[at] - '0' + random.Next(1, 10)) % 10));
        return $"{parts[0]}.{Base64Url.EncodeToString(payload)}.{parts[2]}";
    }

    string Turned(string text)
    {
        var parts = text.Split('.');
        var part = random.Next(3);
        var bytes = Base64Url.DecodeFromChars(parts[part]);
        bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
        parts[part] = Base64Url.EncodeToString(bytes);
        return string.Join('.', parts);
    }

    static byte[] Payload(string text) => Base64Url.DecodeFromChars(text.Split('.')[1]);
}
