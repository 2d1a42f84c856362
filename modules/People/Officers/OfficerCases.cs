using System.Text.Json.Nodes;
using Loa.Cases;
using Loa.Cluster;
using Loa.Contracts.People;
using Loa.Kernel;
using Loa.People.Data;
using Loa.People.Units;

namespace Loa.People.Officers;

/// <summary>What every act about an officer needs: find him, know that one may, record it so that it counts at once.</summary>
sealed class OfficerCases(PeopleDb db, Sight sight, INodeCaches caches, TimeProvider clock)
{
    public async Task<Officer> Get(Guid id, CancellationToken cancel) =>
        await db.FindWithActs(OfficerProcedure.Definition, id, cancel) is { } found
            ? Officer.Of(found)
            : throw new MissingException("officer");

    /// <summary>One manages an officer who manages officers everywhere he serves: else the small could lock out the great.</summary>
    public ActingOfficer Demand(Officer officer)
    {
        var day = clock.Today();
        Guid[] units =
        [
            .. officer.Posts.Where(p => !p.IsOver(day) && sight.Tree.Find(p.UnitId) is not null).Select(p => p.UnitId),
        ];
        ActingOfficer? actor = null;
        foreach (var unit in units.Length > 0 ? units : sight.Tree.Roots.Select(r => r.Id))
            actor = sight.Demand(PeopleRights.ManageOfficers, unit);
        return actor ?? throw new ForbiddenException(PeopleRights.ManageOfficers);
    }

    /// <summary>For what nobody may do for himself, whatever his posts: another administrator must.</summary>
    public void RefuseOneself(Guid officerId) => Refuse.If(officerId == sight.OfficerId, "officer.not-oneself");

    /// <summary>An act of an officer about his own account, which needs no post.</summary>
    public async Task MoveOneself(Guid id, string move, CancellationToken cancel)
    {
        var officer = await db.Find(OfficerProcedure.Definition, id, cancel) ?? throw new MissingException("officer");
        var post = sight.Posts.Count > 0 ? sight.Posts[0] : null;
        var actor = new ActingOfficer(post?.Id, id, officer.Title, post?.UnitId ?? officer.UnitId);
        await Move(id, move, null, null, actor, cancel);
    }

    /// <param name="rule">What must hold of the officer after the act; asked inside the transaction that stores it.</param>
    public async Task Move(
        Guid id,
        string move,
        JsonObject? patch,
        string? reason,
        Actor actor,
        CancellationToken cancel,
        Guid? toUnit = null,
        Action<Officer, UnitHistory>? rule = null
    )
    {
        await db.Atomically(
            async () =>
            {
                var deed = new Deed(patch, reason);
                var before = move is OfficerProcedure.Lock or OfficerProcedure.EndPost ? await Get(id, cancel) : null;
                var moved = await db.Move(
                    OfficerProcedure.Definition,
                    id,
                    move,
                    deed,
                    actor,
                    clock.Moment(),
                    cancel,
                    toUnit
                );
                if (rule is null && before is null)
                    return;
                var after = await Get(moved.Id, cancel);
                rule?.Invoke(after, await UnitHistory.Read(db, cancel));
                if (before is not null)
                    await LastAdministrator.RefuseToLose(db, sight, before, after, clock.Today(), cancel);
            },
            cancel
        );
        caches.Forget<PostCache>(id);
    }
}
