using System.Runtime.CompilerServices;
using Loa.Air;
using Loa.Cases;
using Loa.Contracts.Newsroom;
using Loa.Contracts.People;
using Loa.Kernel;
using Loa.Newsroom.Data;
using Loa.Ui;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Loa.Newsroom.Bulletins;

/// <summary>The bulletins in sight, the latest moved first; found without diacritics, narrowed to a state, a class, units, a period.</summary>
sealed class ListBulletins(NewsroomDb db, Cases<Bulletin> cases, IOfficers officers, Sight sight, TimeProvider clock)
    : IUseCase
{
    const int Together = 500;

    public record Item(
        Guid Id,
        string Title,
        string State,
        AirClass Class,
        string Unit,
        string Author,
        DateTimeOffset OpenedAt,
        string MovedBy,
        DateTimeOffset MovedAt,
        DateTimeOffset? DueAt,
        bool IsLate
    )
    {
        public string StateText =>
            Words.Get("state.bulletin." + State) + (IsLate ? $" · {Words.Get("bulletins.late")}" : "");
    }

    /// <param name="Counts">State → how many of what was searched for.</param>
    public record Response(
        IReadOnlyList<Item> Items,
        IReadOnlyDictionary<string, int> Counts,
        int Total,
        bool MayWrite
    );

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapGet("/bulletins", () => UiModule.Show<BulletinsPage>(new { }))
            .RequireRight(NewsroomRights.SeeBulletins);
        routes.MapFiles<ListBulletins, Item>(
            "/bulletins",
            BulletinList.Shape,
            NewsroomRights.SeeBulletins,
            (useCase, view, http) => useCase.All(view, http.RequestAborted)
        );
    }

    public async Task<Response> Run(ListView view, CancellationToken cancel)
    {
        var filter = await FilterOf(view, cancel);
        var counts = IsSearch(view)
            ? await cases.Search(view.Q, filter).Count(BulletinProcedure.States, cancel)
            : await Counts(filter, cancel);
        var total = Shown(counts, view.Of(BulletinList.State));
        return new(
            await Items(await Ids(view, filter, total, cancel), cancel),
            counts,
            total,
            sight.May(NewsroomRights.WriteBulletins)
        );
    }

    /// <summary>How many a state holds; all but the discarded when none is named.</summary>
    public static int Shown(IReadOnlyDictionary<string, int> counts, string state) =>
        state.Length > 0
            ? counts.GetValueOrDefault(state)
            : counts.Where(c => c.Key != BulletinProcedure.Discarded).Sum(c => c.Value);

    Task<CaseFilter> FilterOf(ListView view, CancellationToken cancel) => CaseFilter.Of(view, sight, officers, cancel);

    static bool IsSearch(ListView view) => !string.IsNullOrWhiteSpace(view.Q);

    async IAsyncEnumerable<Item> All(ListView view, [EnumeratorCancellation] CancellationToken cancel)
    {
        var filter = await FilterOf(view, cancel);
        if (!IsSearch(view))
        {
            await foreach (
                var row in Rows(Sorted(view, filter, isTurned: false)).AsAsyncEnumerable().WithCancellation(cancel)
            )
                yield return Of(row);
            yield break;
        }
        // In parts, so that the whole list is never held at once.
        var found = await cases.Search(view.Q, filter).Ids(StatesOf(view), 0, int.MaxValue, cancel);
        foreach (var part in found.Chunk(Together))
        foreach (var item in await Items(part, cancel))
            yield return item;
    }

    // Counts and order come from the indexes, in their order.
    async Task<IReadOnlyDictionary<string, int>> Counts(CaseFilter filter, CancellationToken cancel) =>
        await filter
            .Of(cases.InSight())
            .GroupBy(c => c.State)
            .Select(g => new { State = g.Key, Count = g.Count() })
            .ToDictionaryAsync(g => g.State, g => g.Count, StringComparer.Ordinal, cancel);

    async Task<IReadOnlyList<Guid>> Ids(ListView view, CaseFilter filter, int total, CancellationToken cancel)
    {
        // What is found by words is not counted to its end.
        if (IsSearch(view))
            return await cases.Search(view.Q, filter).Ids(StatesOf(view), view.Skip, view.Size, cancel);
        var stretch = PageStretch.Of(view.Skip, view.Size, total);
        var sorted = Sorted(view, filter, stretch.FromEnd).Select(c => c.Id);
        return stretch.Turned(await sorted.Skip(stretch.Skip).Take(stretch.Take).ToListAsync(cancel));
    }

    IOrderedQueryable<CaseRow> Sorted(ListView view, CaseFilter filter, bool isTurned)
    {
        var state = view.Of(BulletinList.State);
        var listed = filter.Of(cases.InSight());
        listed =
            state.Length > 0
                ? listed.Where(c => c.State == state)
                : listed.Where(c => c.State != BulletinProcedure.Discarded);
        return BulletinList.Orders.Of(listed, view.Sort, view.IsDescending ^ isTurned);
    }

    static string[] StatesOf(ListView view) =>
        view.Of(BulletinList.State) is { Length: > 0 } state
            ? [state]
            : [.. BulletinProcedure.States.Where(s => s != BulletinProcedure.Discarded)];

    async Task<IReadOnlyList<Item>> Items(IReadOnlyList<Guid> ids, CancellationToken cancel)
    {
        var rows = await Rows(db.Cases.AsNoTracking().Where(c => ids.Contains(c.Id)))
            .ToDictionaryAsync(c => c.Id, cancel);
        return [.. ids.Select(id => Of(rows[id]))];
    }

    // The first act tells who wrote it, the last who moved it. Asked row by row along the index that lists them: joined,
    // PostgreSQL would sort all rows with all their texts on disk.
    IQueryable<Listed> Rows(IQueryable<CaseRow> listed)
    {
        var acts = db.Acts;
        return listed.Select(c => new Listed(
            c.Id,
            c.Title,
            c.State,
            c.UnitId,
            c.Kind,
            c.OpenedAt,
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
        DateTimeOffset OpenedAt,
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
            AirWord.Read<AirClass>(row.Class),
            sight.Tree.NameOf(row.UnitId),
            row.Author,
            row.OpenedAt,
            row.MovedBy,
            row.MovedAt,
            row.DueAt,
            row.DueAt < clock.Moment()
        );
}
