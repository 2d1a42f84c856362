using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Loa.Kernel;
using Loa.People.Units;

namespace Loa.People.Officers;

[AnyEngine]
public sealed class AnyPostsTests
{
    static readonly DateOnly First = new(2030, 1, 1);
    static readonly Guid[] Places = [new(1, 0, 0, new byte[8]), new(2, 0, 0, new byte[8])];

    // The first is there always, the second from day 3 to day 6.
    static readonly UnitHistory Units = new([
        Established(Places[0], 0, null),
        Established(Places[1], 3, Places[0]),
        new(
            Places[1],
            2,
            UnitProcedure.Dissolve,
            First.AddDays(7),
            new JsonObject { ["effective"] = UnitStep.Text(First.AddDays(7)) }
        ),
    ]);

    [Fact]
    public void Whatever_posts_are_given_and_ended_no_day_has_one_twice_and_none_lies_outside_its_unit() =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(2_000),
            Prop.ForAll(
                Arb.From(Attempts),
                attempts =>
                {
                    List<Post> posts = [];
                    foreach (var attempt in attempts)
                        posts = Try(posts, attempt);
                    return posts.All(p => p.To is null || p.To >= p.From)
                        && posts.All(p => Stands(p.UnitId, p.From) && (p.To is null || Stands(p.UnitId, p.To.Value)))
                        && Enumerable
                            .Range(0, 12)
                            .Select(n => First.AddDays(n))
                            .All(day =>
                                posts.Where(p => p.IsInForce(day)).GroupBy(p => p.UnitId).All(same => same.Count() == 1)
                            );
                }
            )
        );

    static bool Stands(Guid unit, DateOnly day) =>
        unit == Places[0] ? day >= First : day >= First.AddDays(3) && day < First.AddDays(7);

    static List<Post> Try(List<Post> posts, Attempt attempt)
    {
        var (ends, which, place, from, to) = attempt;
        if (ends && posts.Count == 0)
            return posts;
        var post = ends
            ? posts[which % posts.Count] with
            {
                To = First.AddDays(to),
            }
            : new Post(
                Guid.CreateVersion7(),
                Places[place],
                "author",
                First.AddDays(from),
                to < 0 ? null : First.AddDays(to)
            );
        List<Post> after = [.. posts.Where(p => p.Id != post.Id), post];
        var officer = new Officer(Guid.Empty, "Người", "nguoi", IsLocked: false, after);
        try
        {
            if (ends)
                PostRules.CheckEnded(officer, post.Id, Units);
            else
                PostRules.CheckGiven(officer, post.Id, Units);
            return after;
        }
        catch (RefusedException)
        {
            return posts;
        }
    }

    static UnitStep Established(Guid unit, int day, Guid? parent)
    {
        var patch = new JsonObject { ["unit_name"] = "xã", ["effective"] = UnitStep.Text(First.AddDays(day)) };
        if (parent is { } above)
            patch["parent"] = above.ToString();
        return new(unit, 1, UnitProcedure.Establish, First.AddDays(day), patch);
    }

    static readonly Gen<Attempt[]> Attempts = (
        from ends in Gen.Frequency((2, Gen.Constant(false)), (1, Gen.Constant(true)))
        from which in Gen.Choose(0, 20)
        from place in Gen.Choose(0, 1)
        from start in Gen.Choose(-1, 10)
        from end in Gen.Choose(ends ? 0 : -3, 10)
        select new Attempt(ends, which, place, start, end)
    ).ArrayOf(20);

    sealed record Attempt(bool Ends, int Which, int Place, int From, int To);
}
