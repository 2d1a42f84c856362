using System.Runtime.CompilerServices;
using Loa.Cases;
using Loa.Contracts.Newsroom;
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
        routes.MapGet("/bulletins", Show).RequireRight(NewsroomRights.SeeBulletins);
        routes.MapGet("/bulletins.csv", Export).RequireRight(NewsroomRights.SeeBulletins);
    }

    static IResult Show(string? q, string? state, int? page) =>
        UiModule.Show<BulletinsPage>(
            new
            {
                Query = q ?? "",
                State = state ?? "",
                Number = PageNumber.Of(page),
            }
        );

    static IResult Export(string? q, string? state, ListBulletins useCase, CancellationToken cancel) =>
        useCase.AsFile(q ?? "", state ?? "", cancel);

    public async Task<Response> Run(string query, string state, int page, CancellationToken cancel)
    {
        var found = Found(query);
        var (counts, ids) =
            Sought(query).Length == 0
                ? await ByIndex(found, state, page, cancel)
                : await ByOneLook(found, state, page, cancel);
        return new(
            await Items(ids, cancel),
            counts,
            query,
            state,
            page,
            Shown(counts, state),
            sight.May(NewsroomRights.WriteBulletins)
        );
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
        // In parts, so that the whole list is never held at once.
        foreach (var part in (await Sorted(In(Found(query), state)).ToListAsync(cancel)).Chunk(500))
        foreach (var item in await Items(part, cancel))
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

    // Without words to look for, counts and order come from the indexes.
    static async Task<(Dictionary<string, int> Counts, Guid[] Ids)> ByIndex(
        IQueryable<CaseRow> found,
        string state,
        int page,
        CancellationToken cancel
    )
    {
        var counts = await found
            .GroupBy(c => c.State)
            .Select(g => new { State = g.Key, Count = g.Count() })
            .ToDictionaryAsync(g => g.State, g => g.Count, StringComparer.Ordinal, cancel);
        var ids = await Sorted(In(found, state)).Skip((page - 1) * PageSize).Take(PageSize).ToArrayAsync(cancel);
        return (counts, ids);
    }

    // Words must be looked for in every text, so it is done once and both answers are taken from it.
    static async Task<(Dictionary<string, int> Counts, Guid[] Ids)> ByOneLook(
        IQueryable<CaseRow> found,
        string state,
        int page,
        CancellationToken cancel
    )
    {
        var matches = await found.Select(c => new Match(c.Id, c.State, c.MovedAt)).ToListAsync(cancel);
        var ids = matches
            .Where(m => state.Length > 0 ? m.State == state : m.State != BulletinProcedure.Discarded)
            .OrderByDescending(m => m.MovedAt)
            .ThenByDescending(m => m.Id)
            .Skip((page - 1) * PageSize)
            .Take(PageSize)
            .Select(m => m.Id);
        return (matches.CountBy(m => m.State).ToDictionary(StringComparer.Ordinal), [.. ids]);
    }

    IQueryable<CaseRow> Found(string query)
    {
        var reach = sight.Over(NewsroomRights.SeeBulletins);
        var units = reach.Units;
        var found = db.Cases.AsNoTracking().Where(c => c.Procedure == BulletinProcedure.Definition.Name);
        if (!reach.Everywhere)
            found = found.Where(c => units.Contains(c.UnitId));
        foreach (var word in Sought(query))
            found = found.Where(c => c.Search.Contains(word));
        return found;
    }

    static IQueryable<CaseRow> In(IQueryable<CaseRow> found, string state) =>
        state.Length > 0
            ? found.Where(c => c.State == state)
            : found.Where(c => c.State != BulletinProcedure.Discarded);

    static IQueryable<Guid> Sorted(IQueryable<CaseRow> found) =>
        found.OrderByDescending(c => c.MovedAt).ThenByDescending(c => c.Id).Select(c => c.Id);

    static string[] Sought(string query) =>
        [.. Folding.Fold(query).Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(10)];

    async Task<IReadOnlyList<Item>> Items(Guid[] ids, CancellationToken cancel)
    {
        var rows = await db.Cases.AsNoTracking().Where(c => ids.Contains(c.Id)).ToDictionaryAsync(c => c.Id, cancel);
        var acts = await db
            .Acts.Where(a => ids.Contains(a.CaseId))
            .OrderBy(a => a.Seq)
            .Select(a => new { a.CaseId, a.By })
            .ToListAsync(cancel);
        var by = acts.ToLookup(a => a.CaseId, a => a.By);
        return [.. ids.Select(id => Of(rows[id], by[id].First(), by[id].Last()))];
    }

    // The first act tells who wrote it, the last who moved it.
    Item Of(CaseRow row, string author, string movedBy) =>
        new(
            row.Id,
            row.Title,
            row.State,
            row.Read().GetProperty("class").GetString() ?? "",
            sight.Tree.NameOf(row.UnitId),
            author,
            movedBy,
            row.MovedAt
        );

    sealed record Match(Guid Id, string State, DateTimeOffset MovedAt);
}
