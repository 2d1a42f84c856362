using System.Runtime.CompilerServices;
using Loa.Cases;
using Loa.Contracts.People;
using Loa.Kernel;
using Loa.People.Data;
using Loa.Ui;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Loa.People.Officers;

/// <summary>An administrator finds officers by name, by account, and sees what posts they hold.</summary>
sealed class ListOfficers(PeopleDb db, Sight sight, TimeProvider clock) : IUseCase
{
    const int Together = 500;

    public record HeldPost(Guid UnitId, string Unit, string Role, DateOnly From, DateOnly? To);

    public record Row(
        Guid Id,
        string Name,
        string UserName,
        bool IsLocked,
        IReadOnlyList<HeldPost> Posts,
        DateTimeOffset OpenedAt
    )
    {
        internal string State => IsLocked ? OfficerProcedure.Locked : OfficerProcedure.Active;

        internal string PostsText => string.Join("; ", Posts.Select(p => $"{Words.Get("role." + p.Role)} – {p.Unit}"));
    }

    public record Response(IReadOnlyList<Row> Officers, int Total, int Page, string Query);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapGet("/officers", () => UiModule.Show<OfficersPage>(new { }))
            .RequireRight(PeopleRights.ManageOfficers);
        routes.MapGet("/api/officers", Json).RequireRight(PeopleRights.ManageOfficers);
        routes.MapFiles<ListOfficers, Row>(
            "/officers",
            OfficerList.Shape,
            PeopleRights.ManageOfficers,
            (useCase, view, http) => useCase.All(view, http.RequestAborted)
        );
    }

    static Task<Response> Json(HttpContext http, ListOfficers useCase, CancellationToken cancel) =>
        useCase.Run(OfficerList.Shape.Asked(http), cancel);

    public async Task<Response> Run(ListView view, CancellationToken cancel)
    {
        var found = Found(view);
        var ids = await OfficerList
            .Orders.Of(found, view.Sort, view.IsDescending)
            .Select(c => c.Id)
            .Skip(view.Skip)
            .Take(view.Size)
            .ToListAsync(cancel);
        return new(await Load(ids, cancel), await found.CountAsync(cancel), view.Page, view.Q);
    }

    // In parts, so that the whole list is never held at once.
    async IAsyncEnumerable<Row> All(ListView view, [EnumeratorCancellation] CancellationToken cancel)
    {
        var all = await OfficerList
            .Orders.Of(Found(view), view.Sort, view.IsDescending)
            .Select(c => c.Id)
            .ToListAsync(cancel);
        foreach (var part in all.Chunk(Together))
        foreach (var row in await Load(part, cancel))
            yield return row;
    }

    IQueryable<CaseRow> Found(ListView view)
    {
        var rows = db
            .Cases.AsNoTracking()
            .Where(c => c.Procedure == OfficerProcedure.Definition.Name)
            .InSight(sight.Over(PeopleRights.ManageOfficers))
            .WithWords(view.Q);
        if (view.UnitsOf(OfficerList.Unit, sight.Tree) is { } units)
            rows = rows.Where(c => units.Contains(c.UnitId));
        if (view.Of(OfficerList.State) is { Length: > 0 } state)
            rows = rows.Where(c => c.State == state);
        return rows;
    }

    async Task<IReadOnlyList<Row>> Load(IReadOnlyCollection<Guid> ids, CancellationToken cancel)
    {
        var acts = (
            await db.Acts.AsNoTracking().Where(a => ids.Contains(a.CaseId)).OrderBy(a => a.Seq).ToListAsync(cancel)
        ).ToLookup(a => a.CaseId);
        return [.. ids.Select(id => RowOf([.. acts[id]]))];
    }

    Row RowOf(IReadOnlyList<Act> life)
    {
        var officer = Officer.Of(CaseWithActs.Of(OfficerProcedure.Definition, life));
        return new(
            officer.Id,
            officer.Name,
            officer.UserName,
            officer.IsLocked,
            [
                .. officer
                    .InForce(clock.Today())
                    .Select(p => new HeldPost(p.UnitId, sight.Tree.NameOf(p.UnitId), p.Role, p.From, p.To)),
            ],
            life[0].At
        );
    }
}
