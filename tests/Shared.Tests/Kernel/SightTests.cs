using Loa.Contracts.Newsroom;
using Loa.Contracts.People;

namespace Loa.Kernel;

public sealed class SightTests
{
    static readonly Guid Province = Guid.CreateVersion7();
    static readonly Guid Commune = Guid.CreateVersion7();
    static readonly Guid Hamlet = Guid.CreateVersion7();
    static readonly Guid OtherCommune = Guid.CreateVersion7();
    static readonly Guid Officer = Guid.CreateVersion7();
    static readonly Roles roles = new(
        [new(RoleNames.Author), new(RoleNames.Approver)],
        [
            new(NewsroomRights.SeeBulletins, Right.EveryRole),
            new(NewsroomRights.WriteBulletins, RoleNames.Author),
            new(NewsroomRights.ApproveBulletins, RoleNames.Approver),
        ]
    );

    [Fact]
    public async Task A_right_reaches_the_unit_and_all_below_it_and_nothing_beside_or_above()
    {
        var sight = await Of(new HeldPost(Guid.CreateVersion7(), Officer, "An", Commune, "approver"));

        Assert.True(sight.May(NewsroomRights.ApproveBulletins, Commune));
        Assert.True(sight.May(NewsroomRights.ApproveBulletins, Hamlet));
        Assert.False(sight.May(NewsroomRights.ApproveBulletins, Province));
        Assert.False(sight.May(NewsroomRights.ApproveBulletins, OtherCommune));
        Assert.Throws<ForbiddenException>(() => sight.Demand(NewsroomRights.ApproveBulletins, OtherCommune));
    }

    [Fact]
    public async Task A_role_gives_its_own_rights_only()
    {
        var sight = await Of(new HeldPost(Guid.CreateVersion7(), Officer, "An", Province, "author"));

        Assert.True(sight.May(NewsroomRights.WriteBulletins, Hamlet));
        Assert.False(sight.May(NewsroomRights.ApproveBulletins, Hamlet));
        Assert.False(sight.May(PeopleRights.ManageOfficers));
    }

    [Fact]
    public async Task An_unknown_role_gives_nothing()
    {
        var sight = await Of(new HeldPost(Guid.CreateVersion7(), Officer, "An", Province, "emperor"));

        Assert.False(sight.May(NewsroomRights.SeeBulletins));
        Assert.True(sight.Over(NewsroomRights.SeeBulletins).IsEmpty);
    }

    [Fact]
    public async Task The_nearest_post_signs_the_act()
    {
        var far = new HeldPost(Guid.CreateVersion7(), Officer, "An", Province, "approver");
        var near = new HeldPost(Guid.CreateVersion7(), Officer, "An", Commune, "approver");

        Assert.Equal(near.Id, (await Of(far, near)).Demand(NewsroomRights.ApproveBulletins, Hamlet).PostId);
    }

    [Fact]
    public async Task Over_the_whole_tree_no_list_of_units_is_needed()
    {
        var all = (await Of(new HeldPost(Guid.CreateVersion7(), Officer, "An", Province, "author"))).Over(
            NewsroomRights.SeeBulletins
        );
        var part = (await Of(new HeldPost(Guid.CreateVersion7(), Officer, "An", Commune, "author"))).Over(
            NewsroomRights.SeeBulletins
        );

        Assert.True(all.Everywhere);
        Assert.Equal([Commune, Hamlet], part.Units);
    }

    [Fact]
    public async Task Nobody_sees_nothing()
    {
        var sight = new Sight(new Tree(), new Held([]), new Open(), roles);
        await sight.Load(null, CancellationToken.None);

        Assert.False(sight.IsSignedIn);
        Assert.False(sight.May(NewsroomRights.SeeBulletins));
    }

    static async Task<Sight> Of(params HeldPost[] posts)
    {
        var sight = new Sight(new Tree(), new Held(posts), new Open(), roles);
        await sight.Load(Officer, CancellationToken.None);
        return sight;
    }

    sealed class Tree : IUnits
    {
        static readonly UnitTree Today_ = new(
            new DateOnly(2026, 1, 1),
            [Unit(Province, null), Unit(Commune, Province), Unit(OtherCommune, Province), Unit(Hamlet, Commune)]
        );

        public ValueTask<UnitTree> Today(CancellationToken cancel) => new(Today_);

        public ValueTask<UnitTree> AsOf(DateOnly day, CancellationToken cancel) => new(Today_);

        static Unit Unit(Guid id, Guid? parent) =>
            new(id, id.ToString(), "xa", parent, new DateOnly(2022, 10, 1), null, null, null, null, null, []);
    }

    sealed class Open : ISessions
    {
        public ValueTask<bool> IsOpen(Guid sessionId, Guid officerId, CancellationToken cancel) => new(true);

        public ValueTask<bool> IsSignedOut(Guid sessionId, CancellationToken cancel) => new(false);
    }

    sealed class Held(HeldPost[] posts) : IPosts
    {
        public ValueTask<IReadOnlyList<HeldPost>> Of(Guid officerId, CancellationToken cancel) => new(posts);
    }
}
