using Loa.Air;
using Loa.Jose;
using Loa.Speaker.Trust;

namespace Loa.Speaker.InABox;

/// <summary>Who may order a speaker without a network about: the keys, and what they signed.</summary>
sealed class Owner
{
    static readonly AirClass[] all = [AirClass.Ordinary, AirClass.Priority, AirClass.Emergency];

    public Guid Unit { get; } = Guid.CreateVersion7();

    readonly DateTimeOffset now;

    public Owner(DateTimeOffset now)
    {
        this.now = now;
        Identity = new Identity(Guid.CreateVersion7(), "tinh.test", "127.0.0.1:1");
        ServerDelegation = Delegate(Server, [AirKind.Timetable, AirKind.Command]);
        OfficerDelegation = Delegate(Officer, [AirKind.Release]);
        Placement = new Placement(Some.Id("place"), Identity.Speaker, Key.KeyId, 1, [Unit], now.AddDays(-9)).Sign(Root);
    }

    public SigningKey Root { get; } = SigningKey.Create();

    public SigningKey Server { get; } = SigningKey.Create();

    public SigningKey Officer { get; } = SigningKey.Create();

    /// <summary>The speaker's own.</summary>
    public SigningKey Key { get; } = SigningKey.Create();

    public Identity Identity { get; }

    public string Placement { get; }

    public string ServerDelegation { get; }

    public string OfficerDelegation { get; }

    /// <summary>The server may pass on the station "test".</summary>
    public string RelayDelegation => Delegate(Server, [AirKind.Relay], ["test"]);

    public Release Release(
        long length,
        string digest,
        TimeSpan duration,
        AirClass airClass = AirClass.Ordinary,
        string title = "Bản tin"
    ) =>
        new(
            Guid.CreateVersion7(),
            Guid.CreateVersion7(),
            title,
            digest,
            length,
            duration,
            airClass,
            [Unit],
            now.AddDays(-1),
            now.AddDays(9)
        );

    public string Approve(Recorded sound, AirClass airClass = AirClass.Ordinary) =>
        Release(sound.Bytes.Length, sound.Digest, sound.Duration, airClass).Sign(Officer);

    public TimeMessage Tell(TimeQuestion question, DateTimeOffset received, DateTimeOffset answered) =>
        new(
            new ToldTime(
                Identity.Speaker,
                question.Nonce,
                ToldTime.Microseconds(received),
                ToldTime.Microseconds(answered)
            ).Sign(Server)
        );

    string Delegate(SigningKey key, AirKind[] kinds, string[]? stations = null) =>
        new Delegation(
            Guid.CreateVersion7(),
            key.KeyId,
            key.Public.Jwk,
            "Người ký",
            kinds,
            all,
            [Unit],
            now.AddDays(-10),
            now.AddDays(60),
            stations
        ).Sign(Root);
}
