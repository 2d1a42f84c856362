using System.Text.Json.Nodes;
using Loa.Cases;
using Loa.Contracts.People;
using Loa.Kernel;
using Loa.People.Data;
using Loa.People.Officers;
using Loa.Ui;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Loa.People.Administration;

/// <summary>An administrator sees one officer: posts past, present and coming, and every act about him.</summary>
sealed class ShowOfficer(PeopleDb db, OfficerCases officers, IUnits units, Sight sight, TimeProvider clock) : IUseCase
{
    public record PostRow(Guid Id, string Unit, string Role, DateOnly From, DateOnly? To, bool IsInForce, bool IsOver);

    public record Response(
        Guid Id,
        string Name,
        string UserName,
        bool IsLocked,
        bool IsOneself,
        IReadOnlyList<PostRow> Posts,
        IReadOnlyList<Step> History
    );

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/officers/{id:guid}", (Guid id) => UiModule.Show<OfficerPage>(new { Id = id }))
            .RequireRight(PeopleRights.ManageOfficers);

    public async Task<Response> Run(Guid id, CancellationToken cancel)
    {
        var found =
            await db.FindWithActs(OfficerProcedure.Definition, id, cancel) ?? throw new MissingException("officer");
        var officer = Officer.Of(found);
        officers.Demand(officer);
        var posts = new List<PostRow>();
        foreach (var post in officer.Posts.OrderByDescending(p => p.From))
            posts.Add(
                new(
                    post.Id,
                    await NameAt(post, cancel),
                    post.Role,
                    post.From,
                    post.To,
                    post.IsInForce(clock.Today()),
                    post.IsOver(clock.Today())
                )
            );
        return new(
            id,
            officer.Name,
            officer.UserName,
            officer.IsLocked,
            id == sight.OfficerId,
            posts,
            [.. found.Acts.Reverse().Select(StepOf)]
        );
    }

    // A unit that was dissolved is named as it was on the last day of the post.
    async Task<string> NameAt(Post post, CancellationToken cancel) =>
        sight.Tree.Find(post.UnitId)?.Name ?? (await units.AsOf(post.To ?? clock.Today(), cancel)).NameOf(post.UnitId);

    Step StepOf(Act act)
    {
        var patch = JsonNode.Parse(act.Patch)!.AsObject();
        var about =
            patch["post_role"]?.GetValue<string>() is { } role
                ? $": {Words.Get("role." + role)} – {sight.Tree.NameOf(Guid.Parse(patch["post_unit"]!.GetValue<string>()))}"
            : patch["officer_name"]?.GetValue<string>() is { } name ? $": {name}"
            : "";
        return new(
            Words.Get("move.officer." + act.Move) + about,
            act.By,
            act.At,
            act.Comment,
            act.Move is OfficerProcedure.Lock ? Tone.Act : Tone.Quiet
        );
    }
}
