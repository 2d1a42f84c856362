using System.Runtime.CompilerServices;
using Loa.Cases;
using Loa.Kernel;
using Loa.Newsroom.Data;
using Loa.Ui;
using Loa.Vietnamese;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Loa.Newsroom.Bulletins;

/// <summary>The bulletins in sight, the latest moved first; found without diacritics, narrowed to a state.</summary>
sealed class ListBulletins(NewsroomDb db, Sight sight, TimeProvider clock) : IUseCase
{
    public const int PageSize = 25;

    public record Item(
        Guid Id,
        string Title,
        string State,
        string Class,
        string Unit,
        string Author,
        string MovedBy,
        DateTimeOffset MovedAt
    );

    /// <param name="Counts">State → how many of what was searched for.</param>
    public record Response(
        IReadOnlyList<Item> Items,
        IReadOnlyDictionary<string, int> Counts,
        string Query,
        string State,
        int Page,
        int Total,
        bool MayWrite
    );

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/bulletins", Show).RequireRight(Rights.SeeBulletins);
        routes.MapGet("/bulletins.csv", Export).RequireRight(Rights.SeeBulletins);
    }

    static IResult Show(string? q, string? state, int? page) =>
        UiModule.Show<BulletinsPage>(
            new
            {
                Query = q ?? "",
                State = state ?? "",
                Number = Math.Clamp(page ?? 1, 1, 1_000_000),
            }
        );

    static IResult Export(string? q, string? state, ListBulletins useCase, CancellationToken cancel) =>
        useCase.AsFile(q ?? "", state ?? "", cancel);

    public async Task<Response> Run(string query, string state, int page, CancellationToken cancel)
    {
        var found = Found(query);
        var counts = await found
            .GroupBy(c => c.State)
            .Select(g => new { State = g.Key, Count = g.Count() })
            .ToDictionaryAsync(g => g.State, g => g.Count, StringComparer.Ordinal, cancel);
        var rows = await Rows(In(found, state).OrderByDescending(c => c.MovedAt).ThenByDescending(c => c.Id))
            .Skip((page - 1) * PageSize)
            .Take(PageSize)
            .ToListAsync(cancel);
        var total = Shown(counts, state);
        return new([.. rows.Select(Of)], counts, query, state, page, total, sight.May(Rights.WriteBulletins));
    }

    public Csv AsFile(string query, string state, CancellationToken cancel) =>
        new(
            $"{Words.Get("bulletins.file")}-{clock.Today():yyyyMMdd}.csv",
            [
                Words.Get("field.title"),
                Words.Get("bulletins.state"),
                Words.Get("field.class"),
                Words.Get("field.unit"),
                Words.Get("bulletins.author"),
                Words.Get("bulletins.moved-by"),
                Words.Get("bulletins.moved-at"),
                Words.Get("bulletins.id"),
            ],
            Lines(query, state, cancel)
        );

    /// <summary>How many a state holds; all but the discarded when none is named.</summary>
    public static int Shown(IReadOnlyDictionary<string, int> counts, string state) =>
        state.Length > 0
            ? counts.GetValueOrDefault(state)
            : counts.Where(c => c.Key != BulletinProcedure.Discarded).Sum(c => c.Value);

    async IAsyncEnumerable<object?[]> Lines(
        string query,
        string state,
        [EnumeratorCancellation] CancellationToken cancel
    )
    {
        var rows = Rows(In(Found(query), state).OrderByDescending(c => c.MovedAt).ThenByDescending(c => c.Id));
        await foreach (var row in rows.AsAsyncEnumerable().WithCancellation(cancel))
        {
            var item = Of(row);
            yield return
            [
                item.Title,
                Words.Get("state.bulletin." + item.State),
                Words.Get("class." + item.Class),
                item.Unit,
                item.Author,
                item.MovedBy,
                item.MovedAt,
                item.Id.ToString(),
            ];
        }
    }

    IQueryable<CaseRow> Found(string query)
    {
        var reach = sight.Over(Rights.SeeBulletins);
        var units = reach.Units;
        var found = db.Cases.AsNoTracking().Where(c => c.Procedure == BulletinProcedure.Bulletin.Name);
        if (!reach.Everywhere)
            found = found.Where(c => units.Contains(c.UnitId));
        foreach (var word in Folding.Fold(query).Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(10))
            found = found.Where(c => c.Search.Contains(word));
        return found;
    }

    static IQueryable<CaseRow> In(IQueryable<CaseRow> found, string state) =>
        state.Length > 0
            ? found.Where(c => c.State == state)
            : found.Where(c => c.State != BulletinProcedure.Discarded);

    // The first act tells who wrote it, the last who moved it.
    IQueryable<Row> Rows(IQueryable<CaseRow> found) =>
        found.Select(c => new Row(
            c,
            db.Acts.Where(a => a.CaseId == c.Id && a.Seq == 1).Select(a => a.By).First(),
            db.Acts.Where(a => a.CaseId == c.Id && a.Seq == c.Seq).Select(a => a.By).First()
        ));

    Item Of(Row row) =>
        new(
            row.Case.Id,
            row.Case.Title,
            row.Case.State,
            row.Case.Read().GetProperty("class").GetString() ?? "",
            sight.Tree.NameOf(row.Case.UnitId),
            row.Author,
            row.MovedBy,
            row.Case.MovedAt
        );

    sealed record Row(CaseRow Case, string Author, string MovedBy);
}
