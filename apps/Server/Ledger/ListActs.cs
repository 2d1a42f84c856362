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
        string Hash,
        ActPlace Place
    );

    /// <param name="Older">Where the next page begins; null on the last.</param>
    public sealed record Response(IReadOnlyList<Row> Rows, ActPlace? Older, IReadOnlyList<LedgerState> Ledger);

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
    public async Task<Response> Run(ListView view, ActPlace? before, CancellationToken cancel)
    {
        var filter = await ActFilter.Of(view, sight, officers, cancel);
        var (rows, older) = await Latest(filter, before, view.Size, cancel);
        return new(rows, older, await states.All(cancel));
    }

    async IAsyncEnumerable<Row> All(ListView view, [EnumeratorCancellation] CancellationToken cancel)
    {
        var filter = await ActFilter.Of(view, sight, officers, cancel);
        for (ActPlace? next = null; ; )
        {
            var (rows, older) = await Latest(filter, next, Together, cancel);
            foreach (var row in rows)
                yield return row;
            if ((next = older) is null)
                yield break;
        }
    }

    // Each part gives its latest; together they are cut where the page is full.
    async Task<(IReadOnlyList<Row> Rows, ActPlace? Older)> Latest(
        ActFilter filter,
        ActPlace? before,
        int most,
        CancellationToken cancel
    )
    {
        var found = new List<Row>();
        foreach (var entry in dbs.Where(d => d.Type.IsAssignableTo(typeof(CaseDb))))
            if (filter.Part.Length == 0 || filter.Part == entry.Name)
                found.AddRange(
                    await Of(entry.Name, (CaseDb)services.GetRequiredService(entry.Type), filter, before, most, cancel)
                );
        Row[] latest =
        [
            .. found
                .OrderByDescending(r => r.At)
                .ThenBy(r => r.Place.Part, StringComparer.Ordinal)
                .ThenByDescending(r => r.Place.Position)
                .Take(most),
        ];
        return (latest, found.Count > most ? latest[^1].Place : null);
    }

    async Task<IReadOnlyList<Row>> Of(
        string part,
        CaseDb db,
        ActFilter filter,
        ActPlace? before,
        int most,
        CancellationToken cancel
    )
    {
        var acts = filter.Of(
            db.Acts.AsNoTracking().InSight(sight.Over(PeopleRights.SeeLedger), units => a => units.Contains(a.UnitId))
        );
        if (before is var (at, of, position))
            acts = string.CompareOrdinal(part, of) switch
            {
                < 0 => acts.Where(a => a.At < at),
                0 => acts.Where(a => a.At <= at && (a.At < at || a.Position < position)),
                _ => acts.Where(a => a.At <= at),
            };
        var latest = await acts.OrderByDescending(a => a.At)
            .ThenByDescending(a => a.Position)
            .Take(most + 1)
            .ToListAsync(cancel);
        var ids = latest.Select(a => a.CaseId).Distinct().ToList();
        var cases = await db.Cases.AsNoTracking().Where(c => ids.Contains(c.Id)).ToDictionaryAsync(c => c.Id, cancel);
        return [.. latest.Select(act => RowOf(part, act, cases[act.CaseId]))];
    }

    Row RowOf(string part, Act act, CaseRow row)
    {
        var procedure = procedures.Find(row.Procedure, row.Version);
        return new(
            act.At,
            NameOf(part),
            Words.Get($"move.{act.Procedure}.{act.Move}"),
            procedure.OwnIn.Contains(row.State) ? "" : procedure.Told(row.Title),
            act.By,
            sight.Tree.PlaceOf(act.UnitId),
            act.Comment,
            act.Hash,
            new(act.At, part, act.Position)
        );
    }

    public static string NameOf(string part) =>
        Words.Has("security.part." + part) ? Words.Get("security.part." + part) : part;
}
