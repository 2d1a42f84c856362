using System.Globalization;
using Loa.Kernel;
using Loa.People.Units;

namespace Loa.People.Officers;

/// <summary>
/// What holds of an officer's posts on every day: none ends before it begins, each stands in a unit that is in being on its
/// first and last day, and no two are the same. Asked inside the transaction that stores them.
/// </summary>
static class PostRules
{
    /// <param name="officer">As he is after the act.</param>
    public static void CheckGiven(Officer officer, Guid given, UnitHistory units)
    {
        var post = officer.Posts.First(p => p.Id == given);
        CheckUnit(post, post.From, units);
        CheckEnded(officer, given, units);
    }

    /// <param name="officer">As he is after the act.</param>
    public static void CheckEnded(Officer officer, Guid ended, UnitHistory units)
    {
        var post = officer.Posts.First(p => p.Id == ended);
        Refuse.If(post.To < post.From, "officer.post-ends-first");
        // A post without an end lapses with its unit; one that names a last day means that day.
        if (post.To is { } last)
            CheckUnit(post, last, units);
        foreach (var other in officer.Posts.Where(p => p.Id != post.Id && IsTwin(p, post)))
            Refuse.If(Overlap(other, post), "officer.post-twin", Shown(Later(other.From, post.From)));
    }

    static void CheckUnit(Post post, DateOnly day, UnitHistory units) =>
        Refuse.If(
            units.PlaceOn(day, post.UnitId) is null,
            "officer.post-unit-not-then",
            units.NameOn(day, post.UnitId),
            Shown(day)
        );

    static bool IsTwin(Post a, Post b) => a.UnitId == b.UnitId && a.Role == b.Role;

    // One taken back before it began has no day at all.
    static bool Overlap(Post a, Post b)
    {
        var from = Later(a.From, b.From);
        return a.IsInForce(from) && b.IsInForce(from);
    }

    static DateOnly Later(DateOnly a, DateOnly b) => a > b ? a : b;

    static string Shown(DateOnly day) => day.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture);
}
