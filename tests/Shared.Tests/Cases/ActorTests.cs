using Loa.Kernel;

namespace Loa.Cases;

public sealed class ActorTests
{
    static readonly Guid Id = new("0198f3c0-0000-7000-8000-000000000001");

    [Fact]
    public void What_an_officer_or_the_server_does_is_hashed_as_it_always_was()
    {
        // Taken from a server of 28 November 2026.
        Assert.Equal("0aad44a5e29b9f5c0051043e4e78bb777dd5b57bd6556f432ead57754bbfc80b", BulletinOfNovember().Hash);
        Assert.Equal(Guid.Empty, By(Actor.Server).OfficerId);
    }

    [Fact]
    public void Citizens_and_organisations_act_in_their_own_name()
    {
        var (citizen, organisation) = (By(new ActingCitizen(Id, "Lan")), By(new ActingOrganisation(Id, "Lan")));

        Assert.Equal($"citizen:{Id}", citizen.Party);
        Assert.True(citizen.IsBy(new ActingCitizen(Id, "Tên mới")));
        Assert.False(citizen.IsBy(new ActingOrganisation(Id, "Lan")));
        Assert.False(citizen.IsBy(new ActingOfficer(null, Id, "Lan", Id)));
        Assert.NotEqual(citizen.Hash, organisation.Hash);
        Assert.NotEqual(citizen.Hash, By(Actor.Server with { Name = "Lan" }).Hash);
    }

    [Fact]
    public void The_server_is_nobody_who_could_have_acted_before() => Assert.False(By(Actor.Server).IsBy(Actor.Server));

    static Act By(Actor actor) =>
        new Act
        {
            Id = Id,
            CaseId = Id,
            Seq = 1,
            Procedure = "sample",
            Version = 1,
            Move = "open",
            UnitId = Id,
            At = DateTimeOffset.UnixEpoch,
            Actor = actor,
            Patch = "{}",
            Previous = "",
        }.Sealed();

    static Act BulletinOfNovember() =>
        new Act
        {
            Id = new("01A222B7-7BBF-7315-9DD4-3A70BDEFCA67"),
            CaseId = new("01A222B7-7BBF-70A9-B1DA-7687B19B2524"),
            Seq = 1,
            Procedure = "bulletin",
            Version = 1,
            Move = "write",
            UnitId = new("7210C0AD-706A-87B7-85A4-5A65424DDDCD"),
            At = new(639314755798390000, TimeSpan.Zero),
            Actor = new ActingOfficer(
                new("120FE297-FC29-8105-B902-C1A262784594"),
                new("F110B745-2C93-8A1D-A16A-D1A311117044"),
                "Biên tập viên tỉnh Đồng Nai",
                Guid.Empty
            ),
            Patch =
                """{"title":"Thông báo xả lũ hồ Thác Mơ","text":"Kính thưa bà con. Hôm nay, hồ Thác Mơ xả lũ qua 2 cửa, lưu lượng 150 m3/s, từ 15h30. Đề nghị bà con vùng hạ du không ra sông, đưa người và tài sản lên nơi cao. UBND xã trực 24/24.","voice":"vi","class":"ordinary"}""",
            Previous = "",
        }.Sealed();
}
