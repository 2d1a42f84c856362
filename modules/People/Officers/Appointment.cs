using System.Text.Json.Nodes;
using Loa.Contracts.People;
using Loa.Kernel;
using Loa.People.Units;

namespace Loa.People.Officers;

/// <summary>A post about to be given: a known role, days in their order. The rest is asked where it is stored (<see cref="PostRules"/>).</summary>
static class Appointment
{
    /// <summary>Where he who looks may give posts; hamlets have no officers of their own.</summary>
    public static IEnumerable<Unit> Units(Sight sight) =>
        sight
            .Over(PeopleRights.ManageOfficers)
            .Roots.SelectMany(sight.Tree.SubtreeOf)
            .DistinctBy(u => u.Id)
            .Where(u => u.Kind is not ("ap" or "khu_pho"));

    /// <summary>A post over a whole province, or over officers anywhere: named once more before it is given.</summary>
    public static bool ReachesFar(Sight sight, Guid unit, string role) =>
        sight.Tree.Roots.Any(root => root.Id == unit) || sight.Roles.Gives(role, PeopleRights.ManageOfficers);

    public static JsonObject Make(Roles roles, Guid unit, string role, DateOnly from, DateOnly? to)
    {
        Refuse.Unless(roles.Names.Contains(role), "officer.no-such-role");
        Refuse.If(to < from, "officer.post-ends-first");
        var patch = new JsonObject
        {
            ["post_id"] = Guid.CreateVersion7().ToString(),
            ["post_unit"] = unit.ToString(),
            ["post_role"] = role,
            ["post_from"] = UnitStep.Text(from),
        };
        if (to is { } last)
            patch["post_to"] = UnitStep.Text(last);
        return patch;
    }
}
