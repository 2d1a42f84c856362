using System.Runtime.CompilerServices;
using Loa.Cases;
using Loa.Contracts.Ledger;
using Loa.Contracts.People;
using Loa.Kernel;
using Loa.People.Data;
using Loa.People.Officers;
using Loa.Ui;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Loa.People.Security;

/// <summary>
/// An auditor or administrator reads who signed in, who failed, who was invited, reset or locked, who got or lost a post or a key,
/// in his units, with the seals that prove the acts.
/// </summary>
sealed class ShowSecurity(
    PeopleDb db,
    SecurityEvents events,
    SignInLog log,
    ILedgerStates ledger,
    ILedgerHead heads,
    IOfficers officers,
    Sight sight
) : IUseCase
{
    const int Together = 500;
    const int Seals = 7;

    public record Row(
        DateTimeOffset At,
        string Event,
        string Officer,
        Guid OfficerId,
        string Unit,
        string By,
        string Network,
        string Device,
        long Count,
        string Comment
    );

    public record Seal(DateOnly Date, int Count, string Hash);

    /// <summary>How one module's ledger stands, and the hash of its newest head.</summary>
    public record Proof(LedgerState State, string? Hash);

    public record Response(
        IReadOnlyList<Row> Rows,
        int Total,
        int Page,
        IReadOnlyList<Seal> Days,
        int Unsealed,
        IReadOnlyList<Proof> Ledger
    );

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/security", () => UiModule.Show<SecurityPage>(new { })).RequireRight(PeopleRights.SeeLedger);
        routes.MapGet("/api/security", Json).RequireRight(PeopleRights.SeeLedger);
        routes.MapFiles<ShowSecurity, Row>(
            "/security",
            SecurityList.Shape,
            PeopleRights.SeeLedger,
            (useCase, view, http) => useCase.All(view, http.RequestAborted)
        );
    }

    static Task<Response> Json(HttpContext http, ShowSecurity useCase, CancellationToken cancel) =>
        useCase.Run(SecurityList.Shape.Asked(http), cancel);

    public async Task<Response> Run(ListView view, CancellationToken cancel)
    {
        await log.Write(cancel);
        var rows = await Found(view, cancel);
        var found = await Sorted(rows).Skip(view.Skip).Take(view.Size).ToListAsync(cancel);
        var names = await Names(found, cancel);
        var days = await db.Days.AsNoTracking().OrderByDescending(d => d.Date).Take(Seals).ToListAsync(cancel);
        var last = days.Count > 0 ? days[0].LastPosition : 0;
        return new(
            [.. found.Select(r => RowOf(r, names))],
            await rows.CountAsync(cancel),
            view.Page,
            [.. days.Select(d => new Seal(d.Date, d.Count, d.Hash))],
            await db.Acts.CountAsync(a => a.Position > last, cancel),
            await Proofs(cancel)
        );
    }

    async Task<IQueryable<SecurityEvent>> Found(ListView view, CancellationToken cancel) =>
        events.Of(await SecurityFilter.Of(view, sight, officers, cancel));

    static IQueryable<SecurityEvent> Sorted(IQueryable<SecurityEvent> rows) =>
        rows.OrderByDescending(r => r.At).ThenByDescending(r => r.Id);

    async Task<IReadOnlyList<Proof>> Proofs(CancellationToken cancel)
    {
        var hashes = heads.Newest.ToDictionary(h => (h.Module, h.Number), h => h.Hash);
        return
        [
            .. (await ledger.All(cancel)).Select(s => new Proof(s, hashes.GetValueOrDefault((s.Module, s.Number)))),
        ];
    }

    async IAsyncEnumerable<Row> All(ListView view, [EnumeratorCancellation] CancellationToken cancel)
    {
        await log.Write(cancel);
        var rows = Sorted(await Found(view, cancel));
        for (var skip = 0; ; skip += Together)
        {
            var found = await rows.Skip(skip).Take(Together).ToListAsync(cancel);
            var names = await Names(found, cancel);
            foreach (var row in found.Select(r => RowOf(r, names)))
                yield return row;
            if (found.Count < Together)
                yield break;
        }
    }

    async Task<Dictionary<Guid, string>> Names(List<SecurityEvent> rows, CancellationToken cancel)
    {
        var ids = rows.Select(r => r.OfficerId).Distinct().ToList();
        return await db
            .Cases.AsNoTracking()
            .Where(c => c.Procedure == OfficerProcedure.Definition.Name && ids.Contains(c.Id))
            .ToDictionaryAsync(c => c.Id, c => c.Title, cancel);
    }

    Row RowOf(SecurityEvent row, Dictionary<Guid, string> names) =>
        new(
            row.At,
            Words.Get(row.Procedure.Length == 0 ? "sign-in.outcome." + row.Kind : $"move.{row.Procedure}.{row.Kind}"),
            names.GetValueOrDefault(row.OfficerId)
                ?? (row.Procedure.Length > 0 ? row.By : Words.Get("security.nobody")),
            row.OfficerId,
            row.UnitId == Guid.Empty ? "" : sight.Tree.NameOf(row.UnitId),
            row.By,
            row.Network,
            row.Device,
            row.Count,
            row.Comment
        );
}
