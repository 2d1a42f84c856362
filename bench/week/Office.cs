using Loa.Air;
using Loa.Jose;
using Loa.Speaker.InABox;

namespace Loa.Bench.Week;

/// <summary>The province that orders: its keys, its approved bulletins, and the sounds they name.</summary>
sealed class Office
{
    public const string ServerName = "tinh.tuan";

    static readonly AirClass[] all = Enum.GetValues<AirClass>();
    static readonly int[] seconds = [60, 90, 120, 180, 240, 300, 420];

    readonly DateTimeOffset start;
    readonly SigningKey officer = SigningKey.Create();

    Office(DateTimeOffset start)
    {
        this.start = start;
        Delegations = [Delegate(Server, AirKind.Timetable, AirKind.Command), Delegate(officer, AirKind.Release)];
    }

    public SigningKey Root { get; } = SigningKey.Create();

    public SigningKey Server { get; } = SigningKey.Create();

    public Guid Unit { get; } = Guid.CreateVersion7();

    public IReadOnlyList<string> Delegations { get; }

    /// <summary>Every sound under its digest.</summary>
    public Dictionary<string, byte[]> Sounds { get; } = [];

    /// <summary>What is heard in the sessions, planned a week ahead.</summary>
    public List<Approved> Planned { get; } = [];

    /// <summary>What comes in between: bulletins that nobody has fetched before.</summary>
    public List<Approved> News { get; } = [];

    public List<Approved> Alarms { get; } = [];

    public static async Task<Office> Open(DateTimeOffset start)
    {
        var office = new Office(start);
        for (var i = 0; i < 12; i++)
            office.Planned.Add(await office.Approve(100 + i, seconds[i % seconds.Length], AirClass.Ordinary));
        for (var i = 0; i < 10; i++)
            office.News.Add(await office.Approve(200 + i, seconds[i % seconds.Length], AirClass.Ordinary));
        for (var i = 0; i < 3; i++)
            office.Alarms.Add(await office.Approve(300 + i, 40, AirClass.Emergency));
        return office;
    }

    public string Place(Guid speaker, SigningKey key) =>
        new Placement(Guid.CreateVersion7(), speaker, key.KeyId, 1, [Unit], start.AddDays(-9)).Sign(Root);

    // Nobody hears it and nobody decodes it: its airtime is what was signed, its bytes are few.
    async Task<Approved> Approve(int seed, int length, AirClass airClass)
    {
        var sound = await Recorded.Make(1.5, seed);
        Sounds[sound.Digest] = sound.Bytes;
        var text = new Release(
            Guid.CreateVersion7(),
            Guid.CreateVersion7(),
            $"Bản tin {seed}",
            sound.Digest,
            sound.Bytes.Length,
            TimeSpan.FromSeconds(length),
            airClass,
            [Unit],
            start.AddDays(-1),
            start.AddDays(9)
        ).Sign(officer);
        return new Approved(text, Jws.Digest(text), sound.Digest, TimeSpan.FromSeconds(length), airClass);
    }

    string Delegate(SigningKey key, params AirKind[] kinds) =>
        new Delegation(
            Guid.CreateVersion7(),
            key.KeyId,
            key.Public.Jwk,
            "Người ký",
            kinds,
            all,
            [Unit],
            start.AddDays(-10),
            start.AddDays(60)
        ).Sign(Root);
}

/// <summary>A bulletin that a leader has signed.</summary>
sealed record Approved(string Text, string Digest, string Sound, TimeSpan Length, AirClass Class);
