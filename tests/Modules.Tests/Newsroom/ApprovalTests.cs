using System.Net;
using System.Text.Json.Nodes;
using Loa.Cases;
using Loa.Kernel;
using Loa.Newsroom.Bulletins;

namespace Loa.Newsroom;

public sealed class ApprovalTests(RunningServer server)
{
    [Fact]
    public async Task Of_two_leaders_at_once_one_approves_and_the_other_is_told()
    {
        var author = await server.SignedIn("binhphuoc.bientap");
        var commune = await Leader.SignIn(server, "binhphuoc.duyet");
        var province = await Leader.SignIn(server, "tinh.duyet");
        var bulletin = await author.Submit();
        string[] releases =
        [
            commune.Sign(await commune.Terms(bulletin.Id)),
            province.Sign(await province.Terms(bulletin.Id)),
        ];

        var answers = await Task.WhenAll(
            commune.Approve(bulletin.Id, releases[0], bulletin.Acts),
            province.Approve(bulletin.Id, releases[1], bulletin.Acts)
        );

        Assert.Single(answers, a => a.StatusCode == HttpStatusCode.OK);
        var late = await Task.FromResult(answers.Single(a => a.StatusCode != HttpStatusCode.OK))
            .Json(HttpStatusCode.Conflict);
        Assert.Equal("case.moved", late.GetProperty("code").GetString());
        Assert.Contains("Duyệt và ký", late.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal("approved", (await author.See(bulletin.Id)).GetProperty("state").GetString());
    }

    [Theory]
    [InlineData("digest", "0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("title", "Tin khác")]
    [InlineData("class", "emergency")]
    [InlineData("bulletin", "0198d1f0-0000-7000-8000-000000000000")]
    public async Task A_release_that_says_something_else_is_refused(string field, string value)
    {
        var (leader, bulletin) = await Submitted();
        await leader
            .Approve(bulletin.Id, leader.Sign(await Changed(leader, bulletin, field, value)), bulletin.Acts)
            .Refused("release.differs");
    }

    [Theory]
    [InlineData("length", 1)]
    [InlineData("duration_ms", 1)]
    [InlineData("exp", 40L * 24 * 3600 * 1000)]
    [InlineData("nbf", -2L * 3600 * 1000)]
    public async Task A_release_with_other_numbers_is_refused(string field, long more)
    {
        var (leader, bulletin) = await Submitted();
        var terms = JsonNode.Parse(await leader.Terms(bulletin.Id))!;
        terms[field] = terms[field]!.GetValue<long>() + more;
        await leader.Approve(bulletin.Id, leader.Sign(terms.ToJsonString()), bulletin.Acts).Refused("release.differs");
    }

    [Fact]
    public async Task A_release_for_units_that_are_not_his_is_refused()
    {
        var (leader, bulletin) = await Submitted();
        var elsewhere = (await (await server.SignedIn("loctan.bientap")).GetAsync("/api/me").Json())
            .GetProperty("posts")[0]
            .GetProperty("unitId")
            .GetGuid();
        var terms = JsonNode.Parse(await leader.Terms(bulletin.Id))!;
        terms["units"] = new JsonArray(elsewhere.ToString());
        await leader
            .Approve(bulletin.Id, leader.Sign(terms.ToJsonString()), bulletin.Acts)
            .Refused("forbidden", HttpStatusCode.Forbidden);

        terms["units"] = new JsonArray();
        await leader.Approve(bulletin.Id, leader.Sign(terms.ToJsonString()), bulletin.Acts).Refused("release.no-units");
    }

    [Fact]
    public async Task A_release_by_another_key_is_refused()
    {
        var (leader, bulletin) = await Submitted();
        var terms = await leader.Terms(bulletin.Id);
        var stranger = new Leader(leader.Client, Jose.SigningKey.Create());
        await leader.Approve(bulletin.Id, stranger.Sign(terms), bulletin.Acts).Refused("release.not-your-key");

        // A good key, delegated, but not his.
        var other = await Leader.SignIn(server, "tinh.duyet");
        await leader.Approve(bulletin.Id, other.Sign(terms), bulletin.Acts).Refused("release.not-your-key");

        // His key's name over another key's signature.
        var (own, foreign) = (leader.Sign(terms), stranger.Sign(terms));
        var forged = own[..own.LastIndexOf('.')] + foreign[foreign.LastIndexOf('.')..];
        await leader.Approve(bulletin.Id, forged, bulletin.Acts).Refused("release.refused");
        await leader.Approve(bulletin.Id, "chữ.ký.nào", bulletin.Acts).Refused("release.refused");
        Assert.Equal("submitted", (await leader.Client.See(bulletin.Id)).GetProperty("state").GetString());
    }

    [Fact]
    public async Task An_author_does_not_approve()
    {
        var (leader, bulletin) = await Submitted();
        var author = await server.SignedIn("phuoclong.bientap");
        await author.GetAsync($"/bulletins/{bulletin.Id}/release").Refused("forbidden", HttpStatusCode.Forbidden);
        var alone = new Leader(author, Jose.SigningKey.Create());
        await alone
            .Approve(bulletin.Id, alone.Sign(await leader.Terms(bulletin.Id)), bulletin.Acts)
            .Refused("forbidden", HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData("write")]
    [InlineData("edit")]
    [InlineData("speak")]
    public void Who_had_a_hand_in_it_does_not_approve_even_with_two_posts(string move)
    {
        var (author, both, leader) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        Act[] acts =
        [
            Act("write", move == "write" ? both : author),
            Act(move == "write" ? "edit" : move, move == "write" ? author : both),
            Act("submit", author),
        ];
        var approve = BulletinProcedure.Definition.MoveOf("approve")!;

        Assert.False(approve.MayBeMadeAfter(MadeBy(both)));
        Assert.True(approve.MayBeMadeAfter(MadeBy(leader)));

        IEnumerable<string> MadeBy(Guid officer) => acts.Where(a => a.OfficerId == officer).Select(a => a.Move);
    }

    static Act Act(string move, Guid officer) =>
        new()
        {
            Id = Guid.CreateVersion7(),
            CaseId = Guid.Empty,
            Seq = 1,
            Procedure = "bulletin",
            Version = 1,
            Move = move,
            UnitId = Guid.Empty,
            At = DateTimeOffset.UnixEpoch,
            Actor = new ActingOfficer(null, officer, "Cán bộ", Guid.Empty),
            Patch = "{}",
            Previous = "",
        };

    async Task<(Leader Leader, Moved Bulletin)> Submitted()
    {
        var author = await server.SignedIn("phuoclong.bientap");
        return (await Leader.SignIn(server, "phuoclong.duyet"), await author.Submit(text: "Họp tổ dân phố tối nay."));
    }

    static async Task<string> Changed(Leader leader, Moved bulletin, string field, string value)
    {
        var terms = JsonNode.Parse(await leader.Terms(bulletin.Id))!;
        terms[field] = value;
        return terms.ToJsonString();
    }
}
