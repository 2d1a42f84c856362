using Loa.Jose;

namespace Loa.Air;

/// <summary>One speaker in one hamlet on one morning, and documents for it that are good unless a test spoils them.</summary>
static class Some
{
    public const string Server = "loa.example";
    public const string Model = "loa-soft";
    public const string Nonce = "mC2yJ0sZc3mS4v1oX9aQ7w5d8t6u_k-LrPbNfGhEzYI";

    public static readonly DateTimeOffset Now = new(2026, 3, 2, 22, 30, 0, TimeSpan.Zero);
    public static readonly Guid Province = new("01900000-0000-7000-8000-000000000001");
    public static readonly Guid District = new("01900000-0000-7000-8000-000000000002");
    public static readonly Guid Commune = new("01900000-0000-7000-8000-000000000003");
    public static readonly Guid Hamlet = new("01900000-0000-7000-8000-000000000004");
    public static readonly Guid OtherDistrict = new("01900000-0000-7000-8000-000000000012");
    public static readonly Guid OtherCommune = new("01900000-0000-7000-8000-000000000013");
    public static readonly Guid Speaker = new("01900000-0000-7000-8000-0000000000a1");
    public static readonly Guid OtherSpeaker = new("01900000-0000-7000-8000-0000000000a2");
    public static readonly IReadOnlyList<Guid> Path = [Province, District, Commune, Hamlet];

    public static Delegation Delegation(SigningKey to, params AirKind[] kinds) =>
        new(
            Id(to.KeyId[0]),
            to.KeyId,
            to.Public.Jwk,
            "Chủ tịch xã",
            kinds,
            [AirClass.Ordinary, AirClass.Priority],
            [Commune],
            Now.AddDays(-30),
            Now.AddDays(300)
        );

    public static Delegation ToServer =>
        Delegation(SomeKeys.Server, AirKind.Timetable, AirKind.Command) with
        {
            Name = Server,
            Units = [Province],
            Classes = [AirClass.Ordinary, AirClass.Priority, AirClass.Emergency],
        };

    public static Delegation ToOfficer => Delegation(SomeKeys.Officer, AirKind.Release);

    public static Delegation ToTechnician =>
        Delegation(SomeKeys.Technician, AirKind.Placement) with
        {
            Units = [District],
        };

    public static Release Release { get; } =
        new(
            Id(1),
            Id(2),
            "Lịch tiêm phòng",
            new string('a', 64),
            90_000,
            TimeSpan.FromSeconds(30),
            AirClass.Ordinary,
            [Commune],
            Now.AddHours(-1),
            Now.AddDays(2)
        );

    public static Delegation ToRelay =>
        Delegation(SomeKeys.Server, AirKind.Relay) with
        {
            Id = Id(90),
            Name = Server,
            Units = [Province],
            Stations = ["vov1", "provincial-radio"],
        };

    public static SoundStream Stream { get; } =
        new(
            Id(91),
            "Thời sự VOV1",
            SomeKeys.Server.Public.Jwk,
            AirClass.Ordinary,
            [Commune],
            Now,
            Now.AddMinutes(-5),
            Now.AddMinutes(30),
            "vov1"
        );

    public static Timetable Timetable { get; } =
        new(Speaker, 7, Now, Now, Now.AddDays(7), [Item(Release.Sign(SomeKeys.Officer))]);

    public static Command Command { get; } =
        new(Id(5), Speaker, Air.Command.Volume, new CommandArgs(Level: 60), Nonce, Now, Now.AddMinutes(5));

    public static Delegation ToMaker =>
        Delegation(SomeKeys.Maker, AirKind.Package) with
        {
            Name = "Nhà sản xuất",
            Classes = [],
            Units = [Province],
        };

    public static Package Package { get; } =
        new(
            Id(7),
            PackageKind.Software,
            3,
            "1.2.0",
            [Model],
            [District],
            new string('b', 64),
            4_000_000,
            Now.AddDays(-1),
            Now.AddDays(90)
        );

    public static ToldTime Time { get; } =
        new(Speaker, Nonce, ToldTime.Microseconds(Now), ToldTime.Microseconds(Now) + 400);

    public static Acknowledgement Ack { get; } = new(Speaker, 2, new string('c', 64), Now, Nonce);

    public static Placement Placement { get; } = new(Id(6), Speaker, SomeKeys.Speaker.KeyId, 1, Path, Now.AddDays(-3));

    public static Revocations Revocations { get; } = new(1, Now, [], []);

    public static RootChange RootChange { get; } =
        new(1, SomeKeys.NextRoot.KeyId, SomeKeys.NextRoot.Public.Jwk, Now.AddDays(-1), Now.AddDays(1));

    public static NotedHead Head { get; } = new("broadcasting", 7, new string('f', 64));

    public static ConnectionProof Proof { get; } = new(Speaker, Server, Nonce, AirProtocol.Newest);

    public static Enrolment Enrolment { get; } =
        new(
            "SN-0001",
            "loa-soft",
            "0.1.0",
            2,
            SomeKeys.Speaker.Public.Jwk,
            Now,
            AirProtocol.Newest,
            ClaimCheck.Seal(Nonce)
        );

    public static AirRecord Record { get; } =
        AirRecord.Play(Speaker, Now, Timetable.Items[0], PlayOutcome.Played, Release, Now, Now.AddSeconds(30));

    public static TimetableItem Item(string release) =>
        new(Id(3), Id(4), Jws.Digest(release), AirClass.Ordinary, Now, Now.AddMinutes(10), Now: true);

    /// <summary>A chain that knows the four delegations of a quiet morning.</summary>
    public static Chain Chain(params Delegation[] more)
    {
        var chain = new Chain(SomeKeys.Root.Public);
        foreach (var delegation in (Delegation[])[ToServer, ToOfficer, ToTechnician, ToMaker, .. more])
            Assert.True(chain.Learn(delegation.Sign(SomeKeys.Root)).Ok);
        return chain;
    }

    public static Guid Id(int number) => new($"01900000-0000-7000-8000-{number:d12}");
}
