using Loa.Cases;
using Loa.Contracts.People;
using Loa.Kernel;
using Loa.People.Data;
using Loa.Ui;
using Loa.Vietnamese;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Loa.People.Officers;

/// <summary>An administrator finds officers by name, by account, and sees what posts they hold.</summary>
sealed class ListOfficers(PeopleDb db, Sight sight, TimeProvider clock) : IUseCase
{
    public const int PageSize = 25;
    const int Together = 500;

    public record HeldPost(Guid UnitId, string Unit, string Role, DateOnly From, DateOnly? To);

    public record Row(Guid Id, string Name, string UserName, bool IsLocked, IReadOnlyList<HeldPost> Posts);

    public record Response(IReadOnlyList<Row> Officers, int Total, int Page, string Query);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapGet(
                "/officers",
                (string? q, int? page) => UiModule.Show<OfficersPage>(new { Query = q ?? "", Number = page ?? 1 })
            )
            .RequireRight(PeopleRights.ManageOfficers);
        routes.MapGet("/api/officers", Get).RequireRight(PeopleRights.ManageOfficers);
        routes
            .MapGet(
                "/officers.csv",
                (string? q, ListOfficers useCase, CancellationToken cancel) => useCase.Export(q, cancel)
            )
            .RequireRight(PeopleRights.ManageOfficers);
    }

    static async Task<IResult> Get(string? q, int? page, ListOfficers useCase, CancellationToken cancel) =>
        TypedResults.Ok(await useCase.Run(q ?? "", page ?? 1, cancel));

    public async Task<Response> Run(string q, int page, CancellationToken cancel)
    {
        page = PageNumber.Of(page);
        var rows = Rows(q);
        return new(
            await Load(
                await rows.Skip((page - 1) * PageSize).Take(PageSize).Select(c => c.Id).ToListAsync(cancel),
                cancel
            ),
            await rows.CountAsync(cancel),
            page,
            q
        );
    }

    Csv Export(string? q, CancellationToken cancel) =>
        new(
            "officers.csv",
            [
                Words.Get("field.officer_name"),
                Words.Get("field.user_name"),
                Words.Get("officers.posts"),
                Words.Get("officers.state"),
            ],
            Lines(q ?? "", cancel)
        );

    async IAsyncEnumerable<object?[]> Lines(
        string q,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel
    )
    {
        // In parts: what is held, and what is asked at once, does not grow with the officers.
        foreach (var part in (await Rows(q).Select(c => c.Id).ToListAsync(cancel)).Chunk(Together))
        foreach (var row in await Load(part, cancel))
            yield return
            [
                row.Name,
                row.UserName,
                string.Join("; ", row.Posts.Select(p => $"{Words.Get("role." + p.Role)} – {p.Unit}")),
                Words.Get(row.IsLocked ? "state.officer.locked" : "state.officer.active"),
            ];
    }

    IQueryable<CaseRow> Rows(string q)
    {
        var reach = sight.Over(PeopleRights.ManageOfficers);
        var rows = db.Cases.AsNoTracking().Where(c => c.Procedure == OfficerProcedure.Definition.Name);
        if (!reach.Everywhere)
            rows = rows.Where(c => reach.Units.Contains(c.UnitId));
        if (Folding.Fold(q) is { Length: > 0 } words)
            rows = rows.Where(c => c.Search.Contains(words));
        return rows.OrderByDescending(c => c.OpenedAt).ThenBy(c => c.Search);
    }

    async Task<IReadOnlyList<Row>> Load(IReadOnlyCollection<Guid> ids, CancellationToken cancel)
    {
        var acts = (
            await db.Acts.AsNoTracking().Where(a => ids.Contains(a.CaseId)).OrderBy(a => a.Seq).ToListAsync(cancel)
        ).ToLookup(a => a.CaseId);
        return [.. ids.Select(id => RowOf(Officer.Of(CaseWithActs.Of(OfficerProcedure.Definition, [.. acts[id]]))))];
    }

    Row RowOf(Officer officer) =>
        new(
            officer.Id,
            officer.Name,
            officer.UserName,
            officer.IsLocked,
            [
                .. officer
                    .InForce(clock.Today())
                    .Select(p => new HeldPost(p.UnitId, sight.Tree.NameOf(p.UnitId), p.Role, p.From, p.To)),
            ]
        );
}
