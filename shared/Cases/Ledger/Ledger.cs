using Loa.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Loa.Cases;

/// <summary>What a look through one module's ledger found.</summary>
/// <param name="Fault">The first thing that does not hold, in a sentence; null when all holds.</param>
public sealed record LedgerReport(int Cases, int Acts, int Days, string? Fault)
{
    /// <summary>Sealed hours, and the acts after the last.</summary>
    public HeadReport Heads { get; init; } = new(0, 0, null, null);
}

/// <summary>Proves that no act was changed, moved or removed, and makes the cached rows anew from the acts.</summary>
public sealed class Ledger(ProcedureCatalog procedures, HeadChain heads)
{
    /// <summary>Recomputes every hash of every case, day and hour, and compares the cache with the fold.</summary>
    public Task<LedgerReport> Verify(CaseDb db, CancellationToken cancel) => Verify(db, [], cancel);

    /// <param name="anchors">Heads kept outside, which the ledger must still contain.</param>
    public Task<LedgerReport> Verify(CaseDb db, IReadOnlyList<Anchor> anchors, CancellationToken cancel) =>
        db.AsOfNow(() => VerifyAsOfNow(db, anchors, cancel), cancel);

    async Task<LedgerReport> VerifyAsOfNow(CaseDb db, IReadOnlyList<Anchor> anchors, CancellationToken cancel)
    {
        var (cases, acts) = (0, 0);
        await foreach (var chain in Chains(db, cancel))
        {
            cases++;
            acts += chain.Count;
            if (FaultIn(chain) is { } fault)
                return new(cases, acts, 0, fault);
            var row = await db.Cases.AsNoTracking().FirstOrDefaultAsync(c => c.Id == chain[0].CaseId, cancel);
            if (row is null || !row.SameAs(CaseRow.Of(Fold(chain))))
                return new(cases, acts, 0, Words.Get("ledger.cache-differs", chain[0].CaseId));
        }
        if (await db.Cases.CountAsync(cancel) is var rows && rows != cases)
            return new(cases, acts, 0, Words.Get("ledger.case-without-acts", rows - cases));
        var (days, dayFault) = await VerifyDays(db, cancel);
        if (dayFault is not null)
            return new(cases, acts, days, dayFault);
        var hours = await heads.Verify(db, anchors, cancel);
        var unfound = hours.Fault is null ? await CaseSearch.Missing(db, cancel) : 0;
        var first = unfound > 0 ? Words.Get("ledger.search-differs", unfound) : hours.Fault;
        return new(cases, acts, days, first) { Heads = hours };
    }

    /// <summary>Throws the cached rows away and folds every case again; returns how many.</summary>
    public Task<int> Rebuild(CaseDb db, CancellationToken cancel) =>
        db.Atomically(
            async () =>
            {
                await db.Cases.ExecuteDeleteAsync(cancel);
                await CaseSearch.Forget(db, cancel);
                var count = 0;
                await foreach (var chain in Chains(db, cancel))
                {
                    db.Add(CaseRow.Of(Fold(chain)));
                    if (++count % 500 == 0)
                    {
                        await db.SaveChangesAsync(cancel);
                        db.ChangeTracker.Clear();
                    }
                }
                await db.SaveChangesAsync(cancel);
                return count;
            },
            cancel
        );

    /// <summary>Seals every day that is over and has acts not sealed yet; returns how many days.</summary>
    public static Task<int> Seal(CaseDb db, DateOnly today, CancellationToken cancel) =>
        db.Atomically(
            async () =>
            {
                var last = await db.Days.OrderByDescending(d => d.Date).FirstOrDefaultAsync(cancel);
                var sealedDays = 0;
                while (await NextUnsealed(db, last, cancel) is { } first && VietnamTime.DayOf(first.At) < today)
                {
                    var date = VietnamTime.DayOf(first.At);
                    if (last is not null && date <= last.Date)
                        date = last.Date.AddDays(1);
                    if (date >= today)
                        break;
                    last = await SealOne(db, date, last, cancel);
                    sealedDays++;
                }
                return sealedDays;
            },
            cancel
        );

    static async Task<Act?> NextUnsealed(CaseDb db, Day? last, CancellationToken cancel)
    {
        var from = last?.LastPosition ?? 0;
        return await db
            .Acts.AsNoTracking()
            .Where(a => a.Position > from)
            .OrderBy(a => a.Position)
            .FirstOrDefaultAsync(cancel);
    }

    static async Task<Day> SealOne(CaseDb db, DateOnly date, Day? last, CancellationToken cancel)
    {
        var from = last?.LastPosition ?? 0;
        var end = VietnamTime.StartOf(date.AddDays(1));
        // Up to the first act of a later day: what was stored after it is sealed with that day.
        var stop =
            await db.Acts.Where(a => a.Position > from && a.At >= end).MinAsync(a => (long?)a.Position, cancel)
            ?? long.MaxValue;
        var acts = await db
            .Acts.AsNoTracking()
            .Where(a => a.Position > from && a.Position < stop)
            .OrderBy(a => a.Position)
            .Select(a => new { a.Position, a.Hash })
            .ToListAsync(cancel);
        var day = new Day
        {
            Date = date,
            Count = acts.Count,
            LastPosition = acts.Count == 0 ? from : acts[^1].Position,
            Previous = last?.Hash ?? "",
            Hash = Day.ComputeHash(date, last?.Hash ?? "", acts.Select(a => a.Hash)),
        };
        db.Add(day);
        await db.SaveChangesAsync(cancel);
        return day;
    }

    Case Fold(List<Act> chain) => Case.Of(procedures.Find(chain[0].Procedure, chain[0].Version), chain);

    static string? FaultIn(List<Act> chain)
    {
        var previous = "";
        for (var i = 0; i < chain.Count; i++)
        {
            var act = chain[i];
            if (act.Seq != i + 1)
                return Words.Get("ledger.act-missing", act.CaseId, i + 1);
            if (act.ComputeHash() != act.Hash)
                return Words.Get("ledger.act-changed", act.Id, act.CaseId, act.Seq, act.Move, act.By);
            if (act.Previous != previous)
                return Words.Get("ledger.chain-broken", act.Id, act.CaseId, act.Seq, act.Move, act.By);
            previous = act.Hash;
        }
        return null;
    }

    static async Task<(int Days, string? Fault)> VerifyDays(CaseDb db, CancellationToken cancel)
    {
        var (count, from, previous) = (0, 0L, "");
        // Read first: PostgreSQL has one open reader on a connection.
        foreach (var day in await db.Days.AsNoTracking().OrderBy(d => d.Date).ToListAsync(cancel))
        {
            var hashes = new List<string>();
            var (first, last) = (from, day.LastPosition);
            await foreach (
                var hash in db
                    .Acts.AsNoTracking()
                    .Where(a => a.Position > first && a.Position <= last)
                    .OrderBy(a => a.Position)
                    .Select(a => a.Hash)
                    .AsAsyncEnumerable()
                    .WithCancellation(cancel)
            )
                hashes.Add(hash);
            if (
                hashes.Count != day.Count
                || day.Previous != previous
                || Day.ComputeHash(day.Date, day.Previous, hashes) != day.Hash
            )
                return (
                    count,
                    Words.Get(
                        "ledger.day-broken",
                        day.Date.ToString("dd/MM/yyyy", System.Globalization.CultureInfo.InvariantCulture),
                        day.Count,
                        hashes.Count
                    )
                );
            (count, from, previous) = (count + 1, day.LastPosition, day.Hash);
        }
        return (count, null);
    }

    static async IAsyncEnumerable<List<Act>> Chains(
        CaseDb db,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel
    )
    {
        // Two queries at a time on one context are not possible: the chains are read in pages.
        const int Page = 500;
        var after = Guid.Empty;
        while (true)
        {
            var ids = await db
                .Acts.AsNoTracking()
                .Where(a => a.CaseId > after)
                .Select(a => a.CaseId)
                .Distinct()
                .OrderBy(id => id)
                .Take(Page)
                .ToListAsync(cancel);
            if (ids.Count == 0)
                yield break;
            var (low, high) = (ids[0], ids[^1]);
            var acts = await db
                .Acts.AsNoTracking()
                .Where(a => a.CaseId >= low && a.CaseId <= high)
                .OrderBy(a => a.CaseId)
                .ThenBy(a => a.Seq)
                .ToListAsync(cancel);
            foreach (var chain in acts.GroupBy(a => a.CaseId))
                yield return [.. chain];
            after = high;
        }
    }
}
