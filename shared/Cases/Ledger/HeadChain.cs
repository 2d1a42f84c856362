using Loa.Contracts.Ledger;
using Loa.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Loa.Cases;

/// <summary>Seals what was stored since the head before, and proves the heads that were sealed.</summary>
public sealed class HeadChain(IEnumerable<ModuleDbEntry> dbs, IEnumerable<ILedgerSigner> signers)
{
    // One server, one key; a test of the case engine alone has none.
    readonly ILedgerSigner? signer = signers.SingleOrDefault();

    /// <summary>Seals all acts that no head sealed yet; null when there are none.</summary>
    public Task<Head?> Seal(CaseDb db, DateTimeOffset now, CancellationToken cancel) =>
        db.Atomically(
            async () =>
            {
                await WaitForWriters(db, cancel);
                var last = await db.Heads.AsNoTracking().OrderByDescending(h => h.Number).FirstOrDefaultAsync(cancel);
                var acts = await Between(db, last?.LastPosition ?? 0, long.MaxValue, cancel);
                if (acts.Count == 0)
                    return null;
                var day = await db.Days.OrderByDescending(d => d.Date).Select(d => d.Hash).FirstOrDefaultAsync(cancel);
                var head = Make(NameOf(db), last, now, day ?? "", acts);
                db.Add(head);
                db.Announce(new LedgerSealed(NameOf(db), head.Number, head.At, head.LastPosition, head.Hash, head.Jws));
                await db.SaveChangesAsync(cancel);
                return head;
            },
            cancel
        );

    Head Make(string module, Head? last, DateTimeOffset now, string day, List<(long Position, string Hash)> acts)
    {
        var number = (last?.Number ?? 0) + 1;
        // Never before the head it follows, whatever the clock did meanwhile.
        var at = last is not null && now < last.At ? last.At : now;
        var hash = Head.ComputeHash(module, number, at, day, last?.Hash ?? "", acts);
        return new()
        {
            Number = number,
            At = at,
            Count = acts.Count,
            LastPosition = acts[^1].Position,
            Day = day,
            Previous = last?.Hash ?? "",
            Hash = hash,
            Jws = signer?.Sign(Head.Payload(module, number, at, hash)),
        };
    }

    /// <summary>Proves every head in turn, and that the ledger still holds what is kept outside.</summary>
    /// <param name="anchors">Heads kept outside; those of other modules are passed over.</param>
    public async Task<HeadReport> Verify(CaseDb db, IReadOnlyList<Anchor> anchors, CancellationToken cancel)
    {
        var module = NameOf(db);
        var keys = signer is null ? null : await signer.Keys(cancel);
        var days = (await db.Days.AsNoTracking().Select(d => d.Hash).ToListAsync(cancel)).ToHashSet();
        var heads = await db.Heads.AsNoTracking().OrderBy(h => h.Number).ToListAsync(cancel);
        Head? last = null;
        foreach (var head in heads)
        {
            var acts = await Between(db, last?.LastPosition ?? 0, head.LastPosition, cancel);
            if (FaultIn(module, head, last, acts, days, keys) is { } fault)
                return new((int)head.Number - 1, 0, last?.At, fault);
            last = head;
        }
        var after = await Between(db, last?.LastPosition ?? 0, long.MaxValue, cancel);
        var hashes = heads.ToDictionary(h => h.Number, h => h.Hash);
        var lost = anchors.FirstOrDefault(a => a.Module == module && hashes.GetValueOrDefault(a.Number) != a.Hash);
        var gap =
            lost is not null ? Words.Get("ledger.anchor-lost", lost.Number, lost.At, lost.Hash)
            : db.Database.IsSqlite() ? GapIn(after, last?.LastPosition ?? 0)
            : null;
        return new(heads.Count, after.Count, last?.At, gap);
    }

    static string? FaultIn(
        string module,
        Head head,
        Head? last,
        List<(long Position, string Hash)> acts,
        HashSet<string> days,
        ILedgerKeys? keys
    )
    {
        var hash = Head.ComputeHash(module, head.Number, head.At, head.Day, head.Previous, acts);
        if (head.Number != (last?.Number ?? 0) + 1 || head.Previous != (last?.Hash ?? ""))
            return Words.Get("ledger.head-missing", (last?.Number ?? 0) + 1);
        if (acts.Count != head.Count || hash != head.Hash)
            return Words.Get("ledger.head-broken", head.Number, Shown(head.At), head.Count, acts.Count);
        if (head.Day.Length > 0 && !days.Contains(head.Day))
            return Words.Get("ledger.head-day-lost", head.Number, Shown(head.At));
        if (keys is not null && !(head.Jws is { } jws && keys.Signed(jws, Payload(module, head))))
            return Words.Get("ledger.head-unsigned", head.Number, Shown(head.At));
        return null;
    }

    static byte[] Payload(string module, Head head) => Head.Payload(module, head.Number, head.At, head.Hash);

    // SQLite numbers without a gap; PostgreSQL leaves one where a transaction was undone, there the heads alone count them.
    static string? GapIn(List<(long Position, string Hash)> acts, long from)
    {
        foreach (var (position, _) in acts)
            if (position != ++from)
                return Words.Get("ledger.position-gap", from, position - 1);
        return null;
    }

    string NameOf(CaseDb db) => dbs.First(d => d.Type == db.GetType()).Name;

    // An act may be numbered and not stored yet while one with a higher number is: sealed between the two, it would be
    // missing for ever. Asked before the first look, because that look decides what this transaction sees.
    static async Task WaitForWriters(CaseDb db, CancellationToken cancel)
    {
        if (db.Database.IsSqlite())
            return;
        // Who writes an emergency waits behind this lock; better the seal comes a minute later.
        await db.Database.ExecuteSqlRawAsync("SET LOCAL lock_timeout = '2s'", cancel);
        await db.Database.ExecuteSqlRawAsync("LOCK TABLE \"Acts\" IN SHARE MODE", cancel);
    }

    static async Task<List<(long Position, string Hash)>> Between(
        CaseDb db,
        long after,
        long upTo,
        CancellationToken cancel
    ) =>
        [
            .. (
                await db
                    .Acts.AsNoTracking()
                    .Where(a => a.Position > after && a.Position <= upTo)
                    .OrderBy(a => a.Position)
                    .Select(a => new { a.Position, a.Hash })
                    .ToListAsync(cancel)
            ).Select(a => (a.Position, a.Hash)),
        ];

    static string Shown(DateTimeOffset at) =>
        VietnamTime.Of(at).ToString("HH:mm dd/MM/yyyy", System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>What a look through the heads found.</summary>
/// <param name="After">Acts that no head seals yet.</param>
public sealed record HeadReport(int Heads, int After, DateTimeOffset? SealedAt, string? Fault);
