using Loa.Cases;
using Loa.Contracts.Retention;
using Loa.Kernel;
using Loa.Ui;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Loa.Retention.Rules;

/// <summary>One kind's rule, who made it, and what another one would do before anybody agrees to it.</summary>
sealed class ShowRule(RetentionRules rules, Sight sight, TimeProvider clock) : IUseCase
{
    /// <param name="Asked">The rule that is thought of.</param>
    /// <param name="Due">How many would go now by it.</param>
    /// <param name="Seen">The number of acts; a change sends it back.</param>
    public record Response(
        IKeptKind Kind,
        RetentionRule Rule,
        LatestActs? History,
        RetentionRule? Asked,
        long Due,
        int Seen,
        bool MayChange
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
        var asked = then is null ? null : RetentionRuleText.Read(kind, then, after ?? 0);
        return new(
            kind,
            now.Rule,
            now.Made is { } made ? await rules.History(made, cancel) : null,
            asked,
            asked is null or { Then: OldAge.Keep } ? 0 : await kind.Due(clock.Moment().AddDays(-asked.Days), cancel),
            now.Made?.Seq ?? 0,
            kind.Then is not null && sight.May(RetentionRights.Manage, sight.Tree.Roots.First().Id)
        );
    }
}
