using System.Runtime.CompilerServices;
using Loa.Contracts.Devices;
using Loa.Contracts.Retention;
using Loa.Kernel;
using Loa.Playout.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Loa.Playout.AsRun;

/// <summary>
/// The records that speakers signed: a chain with a hole proves nothing, so none ever goes. Old ones are packed, or archived; the
/// newest of a board stays in the table, for the next is tied to it.
/// </summary>
sealed class KeptRecords(IServiceScopeFactory scopes, IArchives archives, TableSizes sizes)
    : KeptRows(OldRecords.Kind, typeof(PlayoutDb), ["Records", "RecordPacks"], sizes)
{
    // Whoever wants to write waits for so many at most.
    const int Together = 500;

    // A million records or less: a file of some hundred megabytes.
    const int PacksInFile = 2_000;

    public override RetentionRule Usual => new(OldAge.Pack, 90);

    public override IReadOnlyList<OldAge> Ages => [OldAge.Pack, OldAge.Archive];

    public override int LeastDays => 30;

    public override async Task<long> Due(OldAge then, DateTimeOffset before, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = Db(scope);
        var loose = await Loose(db, before).LongCountAsync(cancel);
        return then == OldAge.Pack
            ? loose
            : loose + await Packed(db, before).SumAsync(p => p.LastSeq - p.FirstSeq + 1, cancel);
    }

    public override async IAsyncEnumerable<int> Age(
        OldAge then,
        DateTimeOffset before,
        [EnumeratorCancellation] CancellationToken cancel
    )
    {
        for (var done = 1; done > 0; )
            yield return done = await Pack(before, cancel);
        if (then == OldAge.Archive)
            for (var done = 1; done > 0; )
                yield return done = await Archive(before, cancel);
    }

    async Task<int> Pack(DateTimeOffset before, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = Db(scope);
        var records = await NextOfOneBoard(db, before, cancel);
        if (records.Count == 0)
            return 0;
        // Made before anybody has to wait for it: what a speaker recorded changes no more.
        var pack = RecordPack.Of(records);
        await db.Atomically(
            async () =>
            {
                db.Add(pack);
                var gone = await db
                    .Records.Where(r => r.SpeakerId == pack.SpeakerId && r.Kid == pack.Kid)
                    .Where(r => r.Seq >= pack.FirstSeq && r.Seq <= pack.LastSeq)
                    .ExecuteDeleteAsync(cancel);
                if (gone != records.Count)
                    throw new InvalidOperationException($"{gone} of {records.Count} records were there to be packed.");
            },
            cancel
        );
        return records.Count;
    }

    static async Task<List<StoredRecord>> NextOfOneBoard(PlayoutDb db, DateTimeOffset before, CancellationToken cancel)
    {
        // An old record may still be needed to tell whether its play was silent (WeighOldPlays).
        if (await db.Plays.AnyAsync(p => p.Stage == PlayStage.Heard && p.SilentMs == null && p.Start < before, cancel))
            return [];
        var oldest = await Loose(db, before).AsNoTracking().OrderBy(r => r.StoredAt).FirstOrDefaultAsync(cancel);
        if (oldest is null)
            return [];
        // Up to the last that is old, by its number: the server's calendar may have jumped.
        var last = await Loose(db, before)
            .Where(r => r.SpeakerId == oldest.SpeakerId && r.Kid == oldest.Kid)
            .MaxAsync(r => r.Seq, cancel);
        return await db
            .Records.AsNoTracking()
            .Where(r => r.SpeakerId == oldest.SpeakerId && r.Kid == oldest.Kid && r.Seq <= last)
            .OrderBy(r => r.Seq)
            .Take(Together)
            .ToListAsync(cancel);
    }

    async Task<int> Archive(DateTimeOffset before, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = Db(scope);
        var keys = await Packed(db, before)
            .OrderBy(p => p.SpeakerId)
            .ThenBy(p => p.Kid)
            .ThenBy(p => p.FirstSeq)
            .Take(PacksInFile)
            .Select(p => new PackKey(p.SpeakerId, p.Kid, p.FirstSeq))
            .ToListAsync(cancel);
        var kept = await archives.Keep(Name, before, Lines(db, keys, cancel), cancel);
        foreach (var part in keys.Chunk(Together))
            await db.Atomically(() => Empty(db, part, cancel), cancel);
        return kept;
    }

    static async IAsyncEnumerable<string> Lines(
        PlayoutDb db,
        IEnumerable<PackKey> keys,
        [EnumeratorCancellation] CancellationToken cancel
    )
    {
        foreach (var key in keys)
        foreach (var line in (await key.In(db.RecordPacks.AsNoTracking()).SingleAsync(cancel)).Unpack())
            yield return line;
    }

    // What is left says only which records lie in an archive.
    static async Task Empty(PlayoutDb db, IEnumerable<PackKey> keys, CancellationToken cancel)
    {
        foreach (var key in keys)
            await key.In(db.RecordPacks)
                .ExecuteUpdateAsync(set => set.SetProperty(p => p.Lines, (byte[]?)null), cancel);
    }

    static IQueryable<StoredRecord> Loose(PlayoutDb db, DateTimeOffset before)
    {
        var records = db.Records;
        return records.Where(r =>
            r.StoredAt < before && records.Any(n => n.SpeakerId == r.SpeakerId && n.Kid == r.Kid && n.Seq > r.Seq)
        );
    }

    // Of a board only from its first on: an archive holds no record whose one before is not in it or in one before.
    static IQueryable<RecordPack> Packed(PlayoutDb db, DateTimeOffset before)
    {
        var packs = db.RecordPacks;
        return packs.Where(p =>
            p.Lines != null
            && p.StoredAt < before
            && !packs.Any(e =>
                e.SpeakerId == p.SpeakerId && e.Kid == p.Kid && e.FirstSeq < p.FirstSeq && e.StoredAt >= before
            )
        );
    }

    static PlayoutDb Db(AsyncServiceScope scope) => scope.ServiceProvider.GetRequiredService<PlayoutDb>();

    sealed record PackKey(Guid SpeakerId, string Kid, long FirstSeq)
    {
        public IQueryable<RecordPack> In(IQueryable<RecordPack> packs) =>
            packs.Where(p => p.SpeakerId == SpeakerId && p.Kid == Kid && p.FirstSeq == FirstSeq);
    }
}
