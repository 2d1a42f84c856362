using Loa.Cases;
using Loa.Contracts.People;
using Loa.Kernel;
using Loa.People.Data;
using Microsoft.EntityFrameworkCore;

namespace Loa.People.Officers;

/// <summary>
/// Somebody must stay who manages officers for the whole province: without him nobody can ever be let in again. Asked inside the
/// transaction of the act, so that two who lock each other out at one moment cannot both succeed.
/// </summary>
static class LastAdministrator
{
    public static async Task RefuseToLose(
        PeopleDb db,
        Sight sight,
        Officer before,
        Officer after,
        DateOnly today,
        CancellationToken cancel
    )
    {
        Guid[] roots = [.. sight.Tree.Roots.Select(r => r.Id)];
        bool Manages(Officer officer, DateOnly day) =>
            officer
                .Held(day)
                .Any(p => roots.Contains(p.UnitId) && sight.Roles.Gives(p.Role, PeopleRights.ManageOfficers));
        // Today, and the day after each last day.
        var lost = after
            .Posts.Select(p => p.To)
            .OfType<DateOnly>()
            .Where(last => last >= today && last < DateOnly.MaxValue)
            .Select(last => last.AddDays(1))
            .Prepend(today)
            .Where(day => Manages(before, day) && !Manages(after, day))
            .ToList();
        if (lost.Count == 0)
            return;
        var others = await Others(db, roots, after.Id, cancel);
        foreach (var day in lost)
            Refuse.Unless(others.Exists(o => Manages(o, day)), "officer.last-administrator");
    }

    static async Task<List<Officer>> Others(PeopleDb db, Guid[] roots, Guid but, CancellationToken cancel)
    {
        var others = new List<Officer>();
        foreach (var root in roots.Select(r => r.ToString()))
        {
            var ids = await db
                .Acts.Where(a => a.Procedure == OfficerProcedure.Definition.Name && a.Move == OfficerProcedure.Appoint)
                .Where(a => a.CaseId != but && a.Patch.Contains(root))
                .Select(a => a.CaseId)
                .Distinct()
                .ToListAsync(cancel);
            foreach (var id in ids)
                others.Add(Officer.Of((await db.FindWithActs(OfficerProcedure.Definition, id, cancel))!));
        }
        return others;
    }
}
