using System.Runtime.CompilerServices;
using Loa.Cases;
using Loa.Contracts.Ledger;
using Loa.Contracts.People;
using Loa.Kernel;
using Loa.Ui;
using Microsoft.EntityFrameworkCore;

namespace Loa.Server.Ledger;

/// <summary>An auditor reads every act of his units, whichever module keeps it, the latest first, and whether the ledger holds.</summary>
sealed class ListActs(
    IServiceProvider services,
    IEnumerable<ModuleDbEntry> dbs,
    ProcedureCatalog procedures,
    ILedgerStates states,
    IOfficers officers,
    Sight sight
) : IUseCase
{
    const int Together = 500;

    /// <param name="Title">Empty while the case is still its maker's own: nobody above knows of it but that somebody did something.</param>
    public sealed record Row(
        DateTimeOffset At,
        string Part,
        string Act,
        string Title,
        string By,
        string Unit,
        string? Comment,
        string Hash
    );

    /// <param name="Older">Where the next page begins; null on the last.</param>
    public sealed record Response(IReadOnlyList<Row> Rows, DateTimeOffset? Older, IReadOnlyList<LedgerState> Ledger);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/ledger", () => UiModule.Show<LedgerPage>(new { })).RequireRight(PeopleRights.SeeLedger);
        routes.MapFiles<ListActs, Row>(
            "/ledger",
            ActList.Shape,
            PeopleRights.SeeLedger,
            (useCase, view, http) => useCase.All(view, http.RequestAborted)
        );
    }

    /// <summary>The parts of the ledger, by the names of their databases.</summary>
    public IReadOnlyList<string> Parts =>
        [.. dbs.Where(d => d.Type.IsAssignableTo(typeof(CaseDb))).Select(d => d.Name)];

    /// <param name="before">Where the page before ended; null for the first.</param>
    public async Task<Response> Run(ListView view, DateTimeOffset? before, CancellationToken cancel)
    {
        var filter = await ActFilter.Of(view, sight, officers, cancel);
        var (rows, older) = await Latest(filter.EndingBefore(before), view.Size, cancel);
        return new(rows, older, await states.All(cancel));
    }

    async IAsyncEnumerable<Row> All(ListView view, [EnumeratorCancellation] CancellationToken cancel)
    {
        var filter = await ActFilter.Of(view, sight, officers, cancel);
        for (DateTimeOffset? next = null; ; )
        {
            var (rows, older) = await Latest(filter.EndingBefore(next), Together, cancel);
            foreach (var row in rows)
                yield return row;
            if ((next = older) is null)
                yield break;
        }
    }

    // Each part gives its latest; together they are cut where the page is full. What was done in one moment stays together,
    // so that a page may be a little longer and nothing falls between two.
    async Task<(IReadOnlyList<Row> Rows, DateTimeOffset? Older)> Latest(
        ActFilter filter,
        int most,
        CancellationToken cancel
    )
    {
        var found = new List<Row>();
        foreach (var entry in dbs.Where(d => d.Type.IsAssignableTo(typeof(CaseDb))))
            if (filter.Part.Length == 0 || filter.Part == entry.Name)
                found.AddRange(
                    await Of(entry.Name, (CaseDb)services.GetRequiredService(entry.Type), filter, most, cancel)
                );
        var latest = found.OrderByDescending(r => r.At).ToList();
        if (latest.Count <= most)
            return (latest, null);
        var last = latest[most - 1].At;
        return ([.. latest.TakeWhile(r => r.At >= last)], last);
    }

    async Task<IReadOnlyList<Row>> Of(string part, CaseDb db, ActFilter filter, int most, CancellationToken cancel)
    {
        var acts = db
            .Acts.AsNoTracking()
            .InSight(sight.Over(PeopleRights.SeeLedger), units => a => units.Contains(a.UnitId));
        if (filter.From is { } from)
            acts = acts.Where(a => a.At >= from);
        if (filter.Before is { } before)
            acts = acts.Where(a => a.At < before);
        if (filter.Makers is { } makers)
            acts = acts.Where(a => makers.Contains(a.OfficerId));
        if (filter.Units is { } some)
            acts = acts.Where(a => some.Contains(a.UnitId));
        var latest = await acts.OrderByDescending(a => a.At).Take(most + 1).ToListAsync(cancel);
        // The others of the last moment too.
        if (latest.Count > most && latest[^1].At is var moment)
            latest =
            [
                .. latest.Where(a => a.At != moment),
                .. await acts.Where(a => a.At == moment).OrderByDescending(a => a.Position).ToListAsync(cancel),
            ];
        var ids = latest.Select(a => a.CaseId).Distinct().ToList();
        var cases = await db.Cases.AsNoTracking().Where(c => ids.Contains(c.Id)).ToDictionaryAsync(c => c.Id, cancel);
        return [.. latest.Select(act => RowOf(part, act, cases[act.CaseId]))];
    }

    Row RowOf(string part, Act act, CaseRow row) =>
        new(
            act.At,
            NameOf(part),
            Words.Get($"move.{act.Procedure}.{act.Move}"),
            procedures.Find(row.Procedure, row.Version).OwnIn.Contains(row.State) ? "" : row.Title,
            act.By,
            sight.Tree.PlaceOf(act.UnitId),
            act.Comment,
            act.Hash
        );

    public static string NameOf(string part) =>
        Words.Has("security.part." + part) ? Words.Get("security.part." + part) : part;
}
