using Loa.Cases;
using Loa.Contracts.Newsroom;
using Loa.Kernel;
using Loa.Newsroom.Data;

namespace Loa.Newsroom.Bulletins;

/// <summary>What a move left behind, for programs: who moves on sends <paramref name="Acts"/> back as "seen".</summary>
sealed record BulletinMoved(Guid Id, string State, int Acts)
{
    public static BulletinMoved Of(Case bulletin) => new(bulletin.Id, bulletin.State!, bulletin.Seq);
}

/// <summary>The one way to the bulletins: only those in sight, and moved only by who holds the right over their unit.</summary>
sealed class BulletinCases(NewsroomDb db, Sight sight, TimeProvider clock)
{
    /// <summary>Missing as well when the asker may not know of it.</summary>
    public async Task<Bulletin> See(Guid id, CancellationToken cancel)
    {
        var found = await db.Find(BulletinProcedure.Definition, id, cancel);
        if (
            found is null
            || !(
                sight.May(NewsroomRights.SeeBulletins, found.UnitId)
                || sight.Over(NewsroomRights.SeeBulletins).Everywhere
            )
        )
            throw new MissingException("bulletin");
        return new(found);
    }

    /// <summary>The officer as he may make this move over this bulletin.</summary>
    public Actor Demand(string move, Bulletin bulletin) =>
        sight.Demand(BulletinProcedure.RightOf(move), bulletin.UnitId);

    public async Task<BulletinMoved> Move(Guid id, string move, Deed deed, CancellationToken cancel)
    {
        var actor = Demand(move, await See(id, cancel));
        return BulletinMoved.Of(
            await db.Move(BulletinProcedure.Definition, id, move, deed, actor, clock.Moment(), cancel)
        );
    }

    /// <summary>The moves that whoever asks may make now.</summary>
    public IReadOnlyList<string> MovesOf(Bulletin bulletin) =>
        [
            .. BulletinProcedure
                .Definition.MovesFrom(bulletin.Case.State)
                .Where(m =>
                    sight.May(BulletinProcedure.RightOf(m.Name), bulletin.UnitId)
                    && !bulletin.Case.WasMovedBy(sight.OfficerId ?? Guid.Empty, m.NotByMakersOf)
                    && m.Needs.Except(m.Sets).All(bulletin.Case.Fields.ContainsKey)
                )
                .Select(m => m.Name),
        ];
}
