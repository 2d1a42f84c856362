using System.Runtime.CompilerServices;
using Loa.Air;
using Loa.Cases;
using Loa.Contracts.Newsroom;
using Loa.Kernel;
using Loa.Newsroom.Data;
using Loa.Ui;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Loa.Newsroom.Bulletins;

/// <summary>The bulletins in sight, the latest moved first; found without diacritics, narrowed to a state.</summary>
sealed class ListBulletins(NewsroomDb db, Cases<Bulletin> cases, Sight sight, TimeProvider clock) : IUseCase
{
    public const int PageSize = 25;

    const string ClassField = "\"class\":\"";

    // With the quote that ends it.
    const int LongestClass = 16;

    public record Item(
        Guid Id,
        string Title,
        string State,
        AirClass Class,
        string Unit,
        string Author,
        string MovedBy,
        DateTimeOffset MovedAt,
        DateTimeOffset? DueAt,
        bool IsLate
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
        var counts = string.IsNullOrWhiteSpace(query)
            ? await Counts(cancel)
            : await cases.Search(query).Count(BulletinProcedure.States, cancel);
        return new(
            await Items(await Ids(query, state, StretchOf(query, page, Shown(counts, state)), cancel), cancel),
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
        var items = string.IsNullOrWhiteSpace(query) ? All(state, cancel) : Found(query, state, cancel);
        await foreach (var item in items)
            yield return
            [
                item.Title,
                Words.Get("state.bulletin." + item.State),
                Words.Get("class." + AirWord.Of(item.Class)),
                item.Unit,
                item.Author,
                item.MovedBy,
                item.MovedAt,
                item.Id.ToString(),
            ];
    }

    async IAsyncEnumerable<Item> All(string state, [EnumeratorCancellation] CancellationToken cancel)
    {
        await foreach (var row in Rows(InState(state)).AsAsyncEnumerable().WithCancellation(cancel))
            yield return Of(row);
    }

    // In parts, so that the whole list is never held at once.
    async IAsyncEnumerable<Item> Found(string query, string state, [EnumeratorCancellation] CancellationToken cancel)
    {
        foreach (var part in (await cases.Search(query).Ids(StatesOf(state), 0, int.MaxValue, cancel)).Chunk(500))
        foreach (var item in await Items(part, cancel))
            yield return item;
    }

    // Counts and order come from the indexes, in their order.
    async Task<IReadOnlyDictionary<string, int>> Counts(CancellationToken cancel) =>
        await cases
            .InSight()
            .GroupBy(c => c.State)
            .Select(g => new { State = g.Key, Count = g.Count() })
            .ToDictionaryAsync(g => g.State, g => g.Count, StringComparer.Ordinal, cancel);

    async Task<IReadOnlyList<Guid>> Ids(string query, string state, PageStretch stretch, CancellationToken cancel)
    {
        if (!string.IsNullOrWhiteSpace(query))
            return await cases.Search(query).Ids(StatesOf(state), stretch.Skip, stretch.Take, cancel);
        var listed = InState(state);
        var sorted = stretch.FromEnd
            ? listed.OrderBy(c => c.MovedAt).ThenBy(c => c.Id)
            : listed.OrderByDescending(c => c.MovedAt).ThenByDescending(c => c.Id);
        return stretch.Turned(await sorted.Select(c => c.Id).Skip(stretch.Skip).Take(stretch.Take).ToListAsync(cancel));
    }

    IQueryable<CaseRow> InState(string state) =>
        state.Length > 0
            ? cases.InSight().Where(c => c.State == state)
            : cases.InSight().Where(c => c.State != BulletinProcedure.Discarded);

    // What is found by words is not counted to its end.
    static PageStretch StretchOf(string query, int page, int total) =>
        PageStretch.Of((page - 1) * PageSize, PageSize, string.IsNullOrWhiteSpace(query) ? total : int.MaxValue);

    static string[] StatesOf(string state) =>
        state.Length > 0 ? [state] : [.. BulletinProcedure.States.Where(s => s != BulletinProcedure.Discarded)];

    async Task<IReadOnlyList<Item>> Items(IReadOnlyList<Guid> ids, CancellationToken cancel)
    {
        var rows = await Rows(db.Cases.Where(c => ids.Contains(c.Id))).ToDictionaryAsync(c => c.Id, cancel);
        return [.. ids.Select(id => Of(rows[id]))];
    }

    // The first act tells who wrote it, the last who moved it. Asked row by row along the index that lists them: joined,
    // PostgreSQL would sort all rows with all their texts on disk. Of the fields only the class is brought, not the texts; a quote
    // within a text is escaped, so nothing else reads like it.
    IQueryable<Listed> Rows(IQueryable<CaseRow> listed)
    {
        var acts = db.Acts;
        return listed
            .OrderByDescending(c => c.MovedAt)
            .ThenByDescending(c => c.Id)
            .Select(c => new Listed(
                c.Id,
                c.Title,
                c.State,
                c.UnitId,
                c.Fields.Substring(c.Fields.IndexOf(ClassField) + ClassField.Length, LongestClass),
                c.MovedAt,
                c.DueAt,
                acts.Where(a => a.CaseId == c.Id && a.Seq == 1).Select(a => a.By).First(),
                acts.Where(a => a.CaseId == c.Id && a.Seq == c.Seq).Select(a => a.By).First()
            ));
    }

    sealed record Listed(
        Guid Id,
        string Title,
        string State,
        Guid UnitId,
        string Class,
        DateTimeOffset MovedAt,
        DateTimeOffset? DueAt,
        string Author,
        string MovedBy
    );

    Item Of(Listed row) =>
        new(
            row.Id,
            row.Title,
            row.State,
            ClassOf(row.Class),
            sight.Tree.NameOf(row.UnitId),
            row.Author,
            row.MovedBy,
            row.MovedAt,
            row.DueAt,
            row.DueAt < clock.Moment()
        );

    static AirClass ClassOf(string begun) =>
        AirWord.Read<AirClass>(begun[..begun.IndexOf('"', StringComparison.Ordinal)]);
}
