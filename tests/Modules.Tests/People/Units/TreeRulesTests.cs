using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Loa.Contracts.People;
using Loa.Kernel;

namespace Loa.People.Units;

[AnyEngine]
public sealed class TreeRulesTests
{
    const int Days = 8;
    static readonly DateOnly First = new(2030, 1, 1);
    static readonly Guid Root = Named(0);

    [Fact]
    public void Whatever_dated_acts_are_tried_every_tree_of_every_day_is_a_tree() =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(2_000),
            Prop.ForAll(
                Arb.From(Attempts),
                attempts =>
                {
                    var (history, taken) = (Founded(), 0);
                    foreach (var attempt in attempts)
                        if (Try(history, attempt) is { } next)
                            (history, taken) = (next, taken + 1);
                    for (var day = 0; day <= Days; day++)
                        if (WhyNoTree(history.On(First.AddDays(day)), history, First.AddDays(day)) is { } why)
                            throw new InvalidOperationException($"{why} after {string.Join("; ", attempts)}");
                    return history.Faults().Count == 0;
                }
            )
        );

    [Fact]
    public void What_is_allowed_alone_is_not_refused_for_a_fault_elsewhere()
    {
        var history = Founded().With(Step(1, 1, "establish", 0, parent: 0)).With(Step(2, 1, "establish", 0, parent: 9));

        TreeRules.Check(history, Step(1, 2, "rename", 1));
        TreeRules.Check(history, Step(2, 2, "rename", 1));
        TreeRules.Check(history, Step(3, 1, "establish", 1, parent: 1));
        Refused("unit.parent-astray", () => TreeRules.Check(history, Step(3, 1, "establish", 1, parent: 2)));
    }

    [Fact]
    public void A_mended_unit_stays_where_it_was_put_whatever_was_recorded_before_for_later()
    {
        var history = Founded()
            .With(Step(1, 1, "establish", 0, parent: 0))
            .With(Step(2, 1, "establish", 0, parent: 1))
            .With(Step(1, 2, "transfer", 2, parent: 2))
            .With(Step(1, 3, "transfer", 5, parent: 2));
        Assert.Equal(
            [(Named(1), First.AddDays(2)), (Named(2), First.AddDays(2))],
            history.Faults().Select(f => (f.UnitId, f.From)).OrderBy(f => f.UnitId)
        );

        var mend = Step(1, 4, "mend", 2, parent: 0);
        TreeRules.Check(history, mend);

        Assert.Empty(history.With(mend).Faults());
        Assert.Equal(Root, history.With(mend).On(First.AddDays(7)).Find(Named(1))!.ParentId);
    }

    [Fact]
    public void The_tree_does_not_grow_deeper_than_pages_and_places_hold_neither_at_its_end_nor_by_a_branch()
    {
        var history = Founded();
        for (var n = 1; n < TreeRules.MostLevels; n++)
            history = Taken(history, Step(n, 1, "establish", 0, parent: n - 1));
        Refused(
            "unit.too-deep",
            () => TreeRules.Check(history, Step(50, 1, "establish", 0, parent: TreeRules.MostLevels - 1))
        );

        history = Taken(history, Step(60, 1, "establish", 0, parent: 0));
        history = Taken(history, Step(61, 1, "establish", 0, parent: 60));
        Refused("unit.too-deep", () => TreeRules.Check(history, Step(60, 2, "transfer", 3, parent: 8)));
        TreeRules.Check(history, Step(60, 2, "transfer", 3, parent: 7));
    }

    static UnitHistory Taken(UnitHistory history, UnitStep step)
    {
        TreeRules.Check(history, step);
        return history.With(step);
    }

    [Fact]
    public void Any_parents_at_all_become_a_tree_that_reaches_every_unit() =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(2_000),
            Prop.ForAll(
                Arb.From(Gen.Choose(-1, 12).ArrayOf(10)),
                parents =>
                {
                    var tree = new UnitTree(First, parents.Select((p, i) => UnitNamed(i, p)));
                    var reached = tree.Roots.SelectMany(r => tree.SubtreeOf(r.Id)).Select(u => u.Id).ToList();
                    return reached.Count == tree.Count
                        && reached.Distinct().Count() == tree.Count
                        && tree.All.All(u => tree.PathOf(u.Id).Count <= tree.Count)
                        && tree.Faults.Count == parents.Where((p, i) => IsAstray(parents, i)).Count();
                }
            )
        );

    // Its own way up ends at nothing, or comes back to it; written apart from the code it judges.
    static bool IsAstray(int[] parents, int unit)
    {
        if (parents[unit] >= parents.Length)
            return true;
        var at = parents[unit];
        for (var steps = 0; steps <= parents.Length && at >= 0 && at < parents.Length; steps++)
        {
            if (at == unit)
                return true;
            at = parents[at];
        }
        return false;
    }

    static Unit UnitNamed(int number, int parent) =>
        new(
            Named(number),
            $"u{number}",
            "xa",
            parent < 0 ? null : Named(parent),
            First,
            null,
            null,
            null,
            null,
            null,
            []
        );

    static string? WhyNoTree(UnitTree tree, UnitHistory history, DateOnly day)
    {
        foreach (var unit in tree.All)
        {
            if (unit.ParentId != history.PlaceOn(day, unit.Id)!.Value.Parent)
                return $"{unit.Name} had to be hung elsewhere on {day}";
            var (at, steps) = (unit, 0);
            while (at.ParentId is { } parent)
            {
                if (tree.Find(parent) is not { } above)
                    return $"{at.Name} hangs in the air on {day}";
                if (++steps > tree.Count)
                    return $"{unit.Name} goes round on {day}";
                at = above;
            }
        }
        return null;
    }

    static UnitHistory Founded() => new([Step(0, 1, "establish", 0)]);

    static UnitHistory? Try(UnitHistory history, Attempt attempt)
    {
        var (number, move, day, parent) = attempt;
        var stands = history.NextSeq(Named(number)) > 1;
        // As the procedure and the desk have it: established once, moved while it stands on that day.
        if (stands == (move == "establish") || (stands && history.PlaceOn(First.AddDays(day), Named(number)) is null))
            return null;
        if (number == 0 && move is "dissolve" or "transfer" && parent < 0)
            return null;
        var step = Step(number, history.NextSeq(Named(number)), move, day, move is "dissolve" ? null : parent);
        try
        {
            TreeRules.Check(history, step);
            return history.With(step);
        }
        catch (RefusedException)
        {
            return null;
        }
    }

    static UnitStep Step(int unit, int seq, string move, int day, int? parent = null)
    {
        var patch = new JsonObject { ["effective"] = UnitStep.Text(First.AddDays(day)) };
        if (move is "establish")
            (patch["unit_name"], patch["unit_kind"]) = ($"u{unit}", "xa");
        if (parent is { } above)
            patch["parent"] = Named(above).ToString();
        return new(Named(unit), seq, move, First.AddDays(day), patch);
    }

    static void Refused(string code, Action act) => Assert.Equal(code, Assert.Throws<RefusedException>(act).Code);

    static Guid Named(int number) => new(number + 1, 0, 0, new byte[8]);

    static readonly Gen<Attempt[]> Attempts = (
        from unit in Gen.Choose(0, 5)
        from move in Gen.Frequency(
            (4, Gen.Constant("establish")),
            (5, Gen.Constant("transfer")),
            (1, Gen.Constant("mend")),
            (2, Gen.Constant("dissolve"))
        )
        from day in Gen.Choose(0, Days)
        from parent in Gen.Choose(0, 6)
        select new Attempt(unit, move, day, parent)
    ).ArrayOf(25);

    sealed record Attempt(int Unit, string Move, int Day, int Parent);
}
