using System.Text.Json.Nodes;
using Loa.Cases;
using Loa.Kernel;
using Loa.People.Officers;
using Loa.People.Units;

namespace Loa.People.Seed;

/// <summary>The demo officers and their posts; names are roles, not people.</summary>
sealed class DemoOfficers(CaseBatch batch, DemoUnits units, DateTimeOffset at)
{
    const string District = "692";

    static readonly Guid OldDistrict = NamedId.Of($"unit:2022:{District}");

    public void Run()
    {
        foreach (var officer in SeedOfficer.All)
        {
            Guid[] places =
                officer.Unit == District
                    ? [.. units.SuccessorsOf(District).Select(u => u.Id)]
                    : [NamedId.Of($"unit:2025:{officer.Unit}")];
            batch.Open(
                OfficerProcedure.Definition,
                officer.Id,
                places[0],
                OfficerProcedure.Register,
                new(new() { ["officer_name"] = officer.Name, ["user_name"] = officer.UserName }),
                Actor.Server,
                at
            );
            if (officer.Unit == District)
                Appoint(officer, OldDistrict, DemoUnits.Start, DemoUnits.Reform.AddDays(-1));
            foreach (var place in places)
                Appoint(officer, place, DemoUnits.Reform, null);
        }
    }

    void Appoint(SeedOfficer officer, Guid unit, DateOnly from, DateOnly? to)
    {
        var patch = new JsonObject
        {
            ["post_id"] = NamedId.Of($"post:{officer.UserName}:{unit}").ToString(),
            ["post_unit"] = unit.ToString(),
            ["post_role"] = officer.Role,
            ["post_from"] = UnitStep.Text(from),
        };
        if (to is { } last)
            patch["post_to"] = UnitStep.Text(last);
        batch.Move(officer.Id, OfficerProcedure.Appoint, new(patch), Actor.Server, at);
    }
}
