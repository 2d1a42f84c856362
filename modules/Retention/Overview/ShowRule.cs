using Loa.Cases;
using Loa.Contracts.Retention;
using Loa.Kernel;
using Loa.Retention.Archives;
using Loa.Retention.Data;
using Loa.Retention.Rules;
using Loa.Ui;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Loa.Retention.Overview;

/// <summary>One kind's rule, who made it, and what another one would do before anybody agrees to it.</summary>
sealed class ShowRule(RetentionRules rules, RetentionDb db, Sight sight, TimeProvider clock) : IUseCase
{
    /// <param name="Asked">The rule that is thought of.</param>
    /// <param name="Due">How many would go now by it.</param>
    /// <param name="Seen">The number of acts; a change sends it back.</param>
    /// <param name="Archives">The last first.</param>
    public record Response(
        IKeptKind Kind,
        RetentionRule Rule,
        LatestActs? History,
        RetentionRule? Asked,
        long Due,
        int Seen,
        bool MayChange,
        IReadOnlyList<ArchiveFile> Archives,
        bool MayFetch
    );

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/retention/{kind}", Show).RequireRight(RetentionRights.See);

    static IResult Show(string kind, string? then, int? after) =>
        UiModule.Show<RulePage>(
            new
            {
                Kind = kind,
                Then = then,
                After = after,
            }
        );

    public async Task<Response> Run(string name, string? then, int? after, CancellationToken cancel)
    {
        var kind = rules.Find(name);
        var now = await rules.Of(kind, cancel);
        var root = sight.Tree.Roots.First().Id;
        var asked = then is null ? null : RetentionRuleText.Read(kind, then, after ?? 0);
        return new(
            kind,
            now.Rule,
            now.Made is { } made ? await rules.History(made, cancel) : null,
            asked,
            asked is null or { Then: OldAge.Keep }
                ? 0
                : await kind.Due(asked.Then, RetentionRules.Before(asked, clock.Moment()), cancel),
            now.Made?.Seq ?? 0,
            kind.Ages.Count > 0 && sight.May(RetentionRights.Manage, root),
            [.. (await db.Archives(name, cancel)).Reverse()],
            sight.Sees(RetentionRights.See, root)
        );
    }
}
