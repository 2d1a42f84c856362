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
    Sight sight
) : IUseCase
{
    public const int PageSize = 25;
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
        routes.MapGet("/security", Show).RequireRight(PeopleRights.SeeLedger);
        routes.MapGet("/api/security", Get).RequireRight(PeopleRights.SeeLedger);
        routes.MapGet("/security.csv", Save).RequireRight(PeopleRights.SeeLedger);
    }

    static IResult Show(int? page) => UiModule.Show<SecurityPage>(new { Number = page ?? 1 });

    static async Task<IResult> Get(HttpContext http, int? page, ShowSecurity useCase, CancellationToken cancel) =>
        TypedResults.Ok(await useCase.Run(SecurityFilter.Of(http), page ?? 1, cancel));

    static async Task<IResult> Save(HttpContext http, ShowSecurity useCase, CancellationToken cancel) =>
        await useCase.Export(SecurityFilter.Of(http), cancel);

    async Task<Csv> Export(SecurityFilter filter, CancellationToken cancel)
    {
        await log.Write(cancel);
        return new(
            "security.csv",
            [
                .. new[] { "at", "event", "officer", "unit", "by", "network", "device", "count", "comment" }.Select(
                    column => Words.Get("security." + column)
                ),
            ],
            All(filter, cancel)
        );
    }

    public async Task<Response> Run(SecurityFilter filter, int page, CancellationToken cancel)
    {
        await log.Write(cancel);
        page = Math.Clamp(page, 1, 1_000_000);
        var rows = events.Of(filter);
        var found = await rows.OrderByDescending(r => r.At)
            .ThenByDescending(r => r.Id)
            .Skip((page - 1) * PageSize)
            .Take(PageSize)
            .ToListAsync(cancel);
        var names = await Names(found, cancel);
        var days = await db.Days.AsNoTracking().OrderByDescending(d => d.Date).Take(Seals).ToListAsync(cancel);
        var last = days.Count > 0 ? days[0].LastPosition : 0;
        return new(
            [.. found.Select(r => RowOf(r, names))],
            await rows.CountAsync(cancel),
            page,
            [.. days.Select(d => new Seal(d.Date, d.Count, d.Hash))],
            await db.Acts.CountAsync(a => a.Position > last, cancel),
            await Proofs(cancel)
        );
    }

    async Task<IReadOnlyList<Proof>> Proofs(CancellationToken cancel)
    {
        var hashes = heads.Newest.ToDictionary(h => (h.Module, h.Number), h => h.Hash);
        return
        [
            .. (await ledger.All(cancel)).Select(s => new Proof(s, hashes.GetValueOrDefault((s.Module, s.Number)))),
        ];
    }

    /// <summary>The officers of his units, to choose one from.</summary>
    public async Task<IReadOnlyList<Choice>> Officers(CancellationToken cancel) =>
        [
            .. await db
                .Cases.AsNoTracking()
                .Where(c => c.Procedure == OfficerProcedure.Definition.Name)
                .InSight(sight.Over(PeopleRights.SeeLedger))
                .OrderBy(c => c.Search)
                .Take(2000)
                .Select(c => new Choice(c.Id.ToString(), c.Title))
                .ToListAsync(cancel),
        ];

    async IAsyncEnumerable<object?[]> All(
        SecurityFilter filter,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel
    )
    {
        const int Batch = 500;
        for (var skip = 0; ; skip += Batch)
        {
            var found = await events
                .Of(filter)
                .OrderByDescending(r => r.At)
                .ThenByDescending(r => r.Id)
                .Skip(skip)
                .Take(Batch)
                .ToListAsync(cancel);
            var names = await Names(found, cancel);
            foreach (var row in found.Select(r => RowOf(r, names)))
                yield return
                [
                    row.At,
                    row.Event,
                    row.Officer,
                    row.Unit,
                    row.By,
                    row.Network,
                    row.Device,
                    row.Count,
                    row.Comment,
                ];
            if (found.Count < Batch)
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
