using Loa.Air;
using Loa.Devices.Data;
using Microsoft.EntityFrameworkCore;

namespace Loa.Devices.AsRun;

/// <summary>What a speaker was to play lately, what it refused, and what it sounded by itself; the latest first.</summary>
sealed record SpeakerPast(
    IReadOnlyList<Play> Plays,
    IReadOnlyList<StoredRecord> Refusals,
    IReadOnlyList<LocalSound> Locals
)
{
    const int Latest = 15;

    public string? TitleOf(Guid? item) => Plays.FirstOrDefault(p => p.ItemId == item)?.Title;

    public static async Task<SpeakerPast> Of(DevicesDb db, Guid speaker, CancellationToken cancel)
    {
        var plays = await db
            .Plays.AsNoTracking()
            .Where(p => p.SpeakerId == speaker)
            .OrderByDescending(p => p.Start)
            .Take(Latest)
            .ToListAsync(cancel);
        var refusals = await Records(db, speaker, RecordKind.Refusal, cancel);
        var locals = await Records(db, speaker, RecordKind.Local, cancel);
        return new(plays, refusals, [.. locals.Select(LocalSound.Of).OfType<LocalSound>()]);
    }

    static Task<List<StoredRecord>> Records(DevicesDb db, Guid speaker, RecordKind kind, CancellationToken cancel) =>
        db
            .Records.AsNoTracking()
            .Where(r => r.SpeakerId == speaker && r.Kind == kind)
            .OrderByDescending(r => r.At)
            .Take(Latest)
            .ToListAsync(cancel);
}
