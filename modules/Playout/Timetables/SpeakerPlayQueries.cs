using System.Linq.Expressions;
using Loa.Air;
using Loa.Contracts.Devices;
using Loa.Kernel;
using Loa.Playout.AsRun;
using Loa.Playout.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Loa.Playout.Timetables;

/// <summary>Answers what the registry shows of its speakers' timetables, plays and records.</summary>
sealed class SpeakerPlayQueries(IServiceScopeFactory scopes) : ISpeakerPlays
{
    const int Latest = 15;

    static readonly Expression<Func<Play, PastPlay>> past = p => new PastPlay(
        p.ItemId,
        p.BroadcastId,
        p.Title,
        p.Stage,
        p.Reason,
        p.At,
        p.Start,
        p.StartedAt,
        p.LateMs,
        p.EndedAt
    );

    public ValueTask<IReadOnlyDictionary<Guid, long>> Timetables(
        IReadOnlyCollection<Guid> speakers,
        CancellationToken cancel
    ) =>
        Ask<IReadOnlyDictionary<Guid, long>>(async db =>
            await db
                .Timetables.AsNoTracking()
                .Where(t => speakers.Contains(t.SpeakerId))
                .Select(t => new { t.SpeakerId, t.Version })
                .ToDictionaryAsync(t => t.SpeakerId, t => t.Version, cancel)
        );

    public ValueTask<IReadOnlyDictionary<Guid, string>> Titles(
        IReadOnlyDictionary<Guid, Guid> playing,
        CancellationToken cancel
    ) =>
        Ask<IReadOnlyDictionary<Guid, string>>(async db =>
            playing.Count == 0
                ? new Dictionary<Guid, string>()
                : await db.PlaysOf([.. playing.Select(p => (p.Key, p.Value))])
                    .AsNoTracking()
                    .ToDictionaryAsync(p => p.SpeakerId, p => p.Title, cancel)
        );

    public ValueTask<SpeakerPast> Past(Guid speaker, CancellationToken cancel) =>
        Ask(async db =>
        {
            var plays = await db
                .Plays.AsNoTracking()
                .Where(p => p.SpeakerId == speaker)
                .OrderByDescending(p => p.Start)
                .Take(Latest)
                .Select(past)
                .ToListAsync(cancel);
            var refusals = await Last(db, speaker, RecordKind.Refusal)
                .Select(r => new PastRefusal(r.Subject, r.Reason, r.Detail, r.At))
                .ToListAsync(cancel);
            var locals = await Last(db, speaker, RecordKind.Local).Select(r => r.Jws).ToListAsync(cancel);
            return new SpeakerPast(plays, refusals, [.. locals.Select(Sound).OfType<LocalSound>()]);
        });

    public ValueTask<(IReadOnlyList<PastPlay> Rows, int Total)> Plays(
        Guid speaker,
        PlaysAsked asked,
        int skip,
        int take,
        CancellationToken cancel
    ) =>
        Ask(async db =>
        {
            var plays = db.Plays.AsNoTracking().Where(p => p.SpeakerId == speaker);
            if (asked.Stage is { } stage)
                plays = plays.Where(p => p.Stage == stage);
            if (asked.From is { } from)
                plays = plays.Where(p => p.Start >= from);
            if (asked.Before is { } before)
                plays = plays.Where(p => p.Start < before);
            var total = await plays.CountAsync(cancel);
            var stretch = PageStretch.Of(skip, take, total);
            var sorted =
                asked.Descending ^ stretch.FromEnd
                    ? plays.OrderByDescending(p => p.Start).ThenByDescending(p => p.ItemId)
                    : plays.OrderBy(p => p.Start).ThenBy(p => p.ItemId);
            var rows = await sorted.Skip(stretch.Skip).Take(stretch.Take).Select(past).ToListAsync(cancel);
            return (stretch.Turned(rows), total);
        });

    public ValueTask<SpeakerPast> Between(
        Guid speaker,
        DateTimeOffset from,
        DateTimeOffset to,
        CancellationToken cancel
    ) =>
        Ask(async db =>
        {
            var plays = await db
                .Plays.AsNoTracking()
                .Where(p => p.SpeakerId == speaker && p.Start >= from && p.Start < to)
                .OrderByDescending(p => p.Start)
                .Select(past)
                .ToListAsync(cancel);
            var records = db.Records.AsNoTracking().Where(r => r.SpeakerId == speaker && r.At >= from && r.At < to);
            var refusals = await records
                .Where(r => r.Kind == RecordKind.Refusal)
                .OrderByDescending(r => r.At)
                .Select(r => new PastRefusal(r.Subject, r.Reason, r.Detail, r.At))
                .ToListAsync(cancel);
            var locals = await records
                .Where(r => r.Kind == RecordKind.Local)
                .OrderByDescending(r => r.At)
                .Select(r => r.Jws)
                .ToListAsync(cancel);
            return new SpeakerPast(plays, refusals, [.. locals.Select(Sound).OfType<LocalSound>()]);
        });

    public ValueTask<IReadOnlyDictionary<string, long>> Records(Guid speaker, CancellationToken cancel) =>
        Ask<IReadOnlyDictionary<string, long>>(async db =>
            await db
                .Records.AsNoTracking()
                .Where(r => r.SpeakerId == speaker)
                .GroupBy(r => r.Kid)
                .Select(g => new { Kid = g.Key, Count = g.LongCount() })
                .ToDictionaryAsync(g => g.Kid, g => g.Count, cancel)
        );

    static IQueryable<StoredRecord> Last(PlayoutDb db, Guid speaker, RecordKind kind) =>
        db
            .Records.AsNoTracking()
            .Where(r => r.SpeakerId == speaker && r.Kind == kind)
            .OrderByDescending(r => r.At)
            .Take(Latest);

    // Null for a record of another kind.
    static LocalSound? Sound(string jws) =>
        AirRecord.TryRead(jws, out var read, out _) && read.Document is { Source: { } source, Start: { } start }
            ? new(source, start, read.Document.End)
            : null;

    async ValueTask<TAnswer> Ask<TAnswer>(Func<PlayoutDb, Task<TAnswer>> question)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await question(scope.ServiceProvider.GetRequiredService<PlayoutDb>());
    }
}
