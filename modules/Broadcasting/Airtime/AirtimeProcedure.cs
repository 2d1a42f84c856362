using System.Text.Json.Nodes;
using Loa.Cases;
using Loa.Contracts.Broadcasting;
using Loa.Kernel;

namespace Loa.Broadcasting.Airtime;

/// <summary>What one unit says of its airtime: each act says all of it, so that the former is said again by its own patch.</summary>
static class AirtimeProcedure
{
    public const string Name = "airtime";
    public const string Set = "set";
    public const string Change = "change";

    /// <summary>The former was set again.</summary>
    public const string Undo = "undo";

    public const string InForce = "in-force";

    /// <summary>From this moment on it counts.</summary>
    public const string From = "from";

    const string Unit = "unit_name";
    const int LongestRows = 4_000;

    static readonly string[] rows =
    [
        From,
        PolicyPatch.Sessions,
        PolicyPatch.Limits,
        PolicyPatch.Quiet,
        PolicyPatch.Relays,
        PolicyPatch.Silent,
        PolicyPatch.Holidays,
        PolicyPatch.Repeat,
    ];

    public static readonly Procedure Definition = new(
        Name,
        version: 1,
        titleField: Unit,
        fields:
        [
            new(Unit, FieldKind.Text, 200),
            new(From, FieldKind.Number),
            new(PolicyPatch.Sessions, FieldKind.Json, LongestRows),
            new(PolicyPatch.Limits, FieldKind.Json),
            new(PolicyPatch.Quiet, FieldKind.Json, LongestRows),
            new(PolicyPatch.Relays, FieldKind.Json, LongestRows),
            new(PolicyPatch.Silent, FieldKind.Texts, LongestRows),
            new(PolicyPatch.Holidays, FieldKind.Texts, LongestRows),
            new(PolicyPatch.Repeat, FieldKind.Json),
        ],
        moves:
        [
            new(Set, [], InForce)
            {
                Sets = [Unit, .. rows],
                Needs = [Unit, From],
                Effect = Tell,
            },
            new(Change, [InForce], null) { Sets = rows, Effect = Tell },
            new(Undo, [InForce], null) { Sets = rows, Effect = Tell },
        ]
    )
    {
        SeenBy = BroadcastingRights.SeeAirtime,
    };

    /// <summary>A unit has one case only.</summary>
    public static Guid CaseOf(Guid unit) => NamedId.Of($"{Name} {unit}");

    public static JsonObject Opening(string unitName, JsonObject patch)
    {
        patch[Unit] = unitName;
        return patch;
    }

    // Only the speakers below the unit, and of these only whose timetable would be another, are told a new one.
    static Task Tell(CaseDb db, Case after, Act act, CancellationToken cancel)
    {
        db.Announce(new TimetableChanged(after.Id, [after.UnitId]));
        return Task.CompletedTask;
    }
}
