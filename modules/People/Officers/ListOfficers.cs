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
                await rows.OrderByDescending(c => c.OpenedAt)
                    .ThenBy(c => c.Search)
                    .ThenBy(c => c.Id)
                    .Skip((page - 1) * PageSize)
                    .Take(PageSize)
                    .Select(c => c.Id)
                    .ToListAsync(cancel),
                cancel
            ),
            await rows.CountAsync(cancel),
            page,
            q
        );
    }

    Csv Export(string? q, CancellationToken cancel) =>
        new(
            FileName.Of(Words.Get("nav.officers"), clock.Today(), [q ?? ""], "csv"),
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
        // One look over all, of which one officer at a time is held.
        var acts = Rows(q)
            .Join(db.Acts.AsNoTracking(), c => c.Id, a => a.CaseId, (c, a) => new { Case = c, Act = a })
            .OrderByDescending(x => x.Case.OpenedAt)
            .ThenBy(x => x.Case.Search)
            .ThenBy(x => x.Case.Id)
            .ThenBy(x => x.Act.Seq)
            .Select(x => x.Act);
        var life = new List<Act>();
        await foreach (var act in acts.AsAsyncEnumerable().WithCancellation(cancel))
        {
            if (life.Count > 0 && life[0].CaseId != act.CaseId)
            {
                yield return LineOf(RowOf(life));
                life.Clear();
            }
            life.Add(act);
        }
        if (life.Count > 0)
            yield return LineOf(RowOf(life));
    }

    static object?[] LineOf(Row row) =>
        [
            row.Name,
            row.UserName,
            string.Join("; ", row.Posts.Select(p => $"{Words.Get("role." + p.Role)} – {p.Unit}")),
            Words.Get(row.IsLocked ? "state.officer.locked" : "state.officer.active"),
        ];

    IQueryable<CaseRow> Rows(string q)
    {
        var rows = db
            .Cases.AsNoTracking()
            .Where(c => c.Procedure == OfficerProcedure.Definition.Name)
            .InSight(sight.Over(PeopleRights.ManageOfficers));
        if (Folding.Fold(q) is { Length: > 0 } words)
            rows = rows.Where(c => c.Search.Contains(words));
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
            ]
        );
    }
}
