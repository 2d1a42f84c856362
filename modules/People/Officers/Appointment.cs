using System.Text.Json.Nodes;
using Loa.Kernel;
using Loa.People.Units;

namespace Loa.People.Officers;

/// <summary>A post about to be given: a known role, days in their order. The rest is asked where it is stored (<see cref="PostRules"/>).</summary>
static class Appointment
{
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
