using System.ComponentModel.DataAnnotations;
using Loa.Cases;
using Loa.Contracts.Retention;
using Loa.Kernel;
using Loa.Retention.Data;
using Loa.Retention.Rules;
using Loa.Retention.Sweeps;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Loa.Retention.Overview;

/// <summary>An administrator of the whole makes another rule for a kind; what is due by it goes from now on.</summary>
sealed class ChangeRule(RetentionDb db, RetentionRules rules, SweepBoard board, Sight sight, TimeProvider clock)
    : IUseCase
{
    /// <param name="Seen">The number of acts that he saw.</param>
    public record Request(
        [MaxLength(10)] string Then,
        [Range(0, 36_500)] int After,
        int Seen,
        [Prose, MaxLength(2000)] string Comment
    );

    public record Response(string Kind, string Then, int Days);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/retention/{kind}", Post).RequireRight(RetentionRights.Manage);

    static async Task<IResult> Post(
        string kind,
        Input<Request> input,
        ChangeRule useCase,
        HttpContext http,
        CancellationToken cancel
    ) => Answer.Done(http, "/retention", await useCase.Run(kind, input.Value, cancel));

    public async Task<Response> Run(string name, Request request, CancellationToken cancel)
    {
        var kind = rules.Find(name);
        var root = sight.Tree.Roots.First().Id;
        var actor = sight.Demand(RetentionRights.Manage, root);
        var rule = RetentionRuleText.Read(kind, request.Then, request.After);
        var (id, now) = (RetentionRuleProcedure.CaseOf(name), clock.Moment());
        await db.Atomically(
            async () =>
            {
                var patch = RetentionRuleProcedure.Patch(rule);
                var deed = new Deed(patch, request.Comment, Seen: request.Seen);
                if (request.Seen > 0 || await db.Find(RetentionRuleProcedure.Definition, id, cancel) is not null)
                {
                    await db.Move(
                        RetentionRuleProcedure.Definition,
                        id,
                        RetentionRuleProcedure.Change,
                        deed,
                        actor,
                        now,
                        cancel
                    );
                    return;
                }
                patch["kept"] = name;
                await db.Open(
                    RetentionRuleProcedure.Definition,
                    id,
                    root,
                    RetentionRuleProcedure.Make,
                    deed,
                    actor,
                    now,
                    cancel
                );
            },
            cancel
        );
        board.Ring();
        return new(name, RetentionRuleProcedure.NameOf(rule.Then), rule.Days);
    }
}
