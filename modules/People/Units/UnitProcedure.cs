using Loa.Cases;

namespace Loa.People.Units;

/// <summary>
/// The life of a unit. Each act counts from its <c>effective</c> day, not from the day it was recorded:
/// a reform is entered before it comes, and an old mistake after it happened.
/// </summary>
static class UnitProcedure
{
    public const string Establish = "establish";
    public const string Rename = "rename";
    public const string Recode = "recode";
    public const string Transfer = "transfer";
    public const string Dissolve = "dissolve";

    /// <summary>Sets right where a unit stands when its acts make no tree.</summary>
    public const string Mend = "mend";

    const string Standing = "standing";
    const string Dissolved = "dissolved";

    public static readonly Procedure Definition = new(
        "unit",
        1,
        "unit_name",
        [
            new("unit_name", FieldKind.Text, 200),
            new("unit_kind", FieldKind.Text, 40),
            new("parent", FieldKind.Text, 36),
            new("effective", FieldKind.Text, 10),
            new("statistics_code", FieldKind.Text, 20, Searched: true),
            new("identification_code", FieldKind.Text, 40, Searched: true),
            new("unit_latitude", FieldKind.Decimal),
            new("unit_longitude", FieldKind.Decimal),
            new("predecessors", FieldKind.Texts, 8000),
            // The unit itself is made up, for a demonstration.
            new("unit_made_up", FieldKind.Flag),
            // The unit is real, but what it came out of is made up.
            new("links_made_up", FieldKind.Flag),
        ],
        [
            new(Establish, [], Standing)
            {
                Sets =
                [
                    "unit_name",
                    "unit_kind",
                    "parent",
                    "effective",
                    "statistics_code",
                    "identification_code",
                    "unit_latitude",
                    "unit_longitude",
                    "predecessors",
                    "unit_made_up",
                    "links_made_up",
                ],
                Needs = ["unit_name", "unit_kind", "effective"],
            },
            new(Rename, [Standing], null)
            {
                Sets = ["unit_name", "unit_kind", "effective"],
                Needs = ["unit_name", "effective"],
            },
            new(Recode, [Standing], null)
            {
                Sets = ["statistics_code", "identification_code", "effective"],
                Needs = ["effective"],
            },
            new(Transfer, [Standing], null)
            {
                Sets = ["parent", "effective", "links_made_up"],
                Needs = ["parent", "effective"],
            },
            new(Dissolve, [Standing], Dissolved) { Sets = ["effective"], Needs = ["effective"] },
            // Also of a unit whose end is recorded: until that day it must stand somewhere.
            new(Mend, [Standing, Dissolved], null) { Sets = ["parent", "effective"], Needs = ["parent", "effective"] },
        ]
    );
}
