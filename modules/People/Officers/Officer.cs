using System.Text.Json.Nodes;
using Loa.Cases;
using Loa.Contracts.People;
using Loa.People.Units;

namespace Loa.People.Officers;

/// <summary>One post of an officer with its first and last day.</summary>
/// <param name="To">The last day; null while no end is known.</param>
sealed record Post(Guid Id, Guid UnitId, string Role, DateOnly From, DateOnly? To)
{
    public bool IsInForce(DateOnly day) => From <= day && (To is null || day <= To);

    public bool IsOver(DateOnly day) => To < day;
}

/// <summary>An officer as his acts make him: name, all his posts past and coming, and whether he is locked out.</summary>
sealed record Officer(Guid Id, string Name, string UserName, bool IsLocked, IReadOnlyList<Post> Posts)
{
    public static Officer Of(CaseWithActs found)
    {
        var folded = found.Case;
        var posts = new Dictionary<Guid, Post>();
        foreach (var act in found.Acts)
        {
            if (act.Move is not (OfficerProcedure.Appoint or OfficerProcedure.EndPost))
                continue;
            var patch = JsonNode.Parse(act.Patch)!.AsObject();
            var id = Guid.Parse(patch["post_id"]!.GetValue<string>());
            if (act.Move == OfficerProcedure.Appoint)
                posts[id] = new(
                    id,
                    Guid.Parse(patch["post_unit"]!.GetValue<string>()),
                    patch["post_role"]!.GetValue<string>(),
                    Day(patch["post_from"])!.Value,
                    Day(patch["post_to"])
                );
            else
                posts[id] = posts[id] with { To = Day(patch["post_to"]) };
        }
        return new(
            folded.Id,
            folded.Title,
            folded.Text("user_name"),
            folded.State == OfficerProcedure.Locked,
            [.. posts.Values]
        );
    }

    public IEnumerable<Post> InForce(DateOnly day) => Posts.Where(p => p.IsInForce(day));

    /// <summary>What he may act by on this day; nothing while he is locked out.</summary>
    public IReadOnlyList<HeldPost> Held(DateOnly day) =>
        IsLocked ? [] : [.. InForce(day).Select(p => new HeldPost(p.Id, Id, Name, p.UnitId, p.Role))];

    static DateOnly? Day(JsonNode? text) => text is null ? null : UnitStep.DayOf(text.GetValue<string>());
}
