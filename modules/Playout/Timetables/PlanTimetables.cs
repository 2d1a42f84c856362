using Loa.Air;
using Loa.Contracts.Broadcasting;
using Loa.Contracts.People;
using Loa.Playout.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Loa.Playout.Timetables;

/// <summary>Plans what speakers are to hold next: those whose timetable would be no other are left out.</summary>
sealed partial class PlanTimetables(PlayoutDb db, ITimetables timetables, IUnits units, ILogger<PlanTimetables> log)
{
    public static readonly TimeSpan Ahead = TimeSpan.FromDays(7);

    // What may still be sounding although it began before.
    static readonly TimeSpan Behind = TimeSpan.FromHours(4);
    static readonly TimeSpan WorthRenewing = TimeSpan.FromDays(6);

    /// <param name="anew">Also those whose items are the same.</param>
    public async Task<IReadOnlyList<PlannedTimetable>> Run(
        Guid[] ids,
        bool anew,
        DateTimeOffset now,
        CancellationToken cancel
    )
    {
        var tree = await units.Today(cancel);
        var speakers = await (
            from s in db.Enrolled()
            where ids.Contains(s.Id)
            join t in db.Timetables on s.Id equals t.SpeakerId into held
            from t in held.DefaultIfEmpty()
            select new { Speaker = s, Stored = t }
        ).ToListAsync(cancel);
        var paths = speakers.ToDictionary(s => s.Speaker.Id, s => tree.PathOf(s.Speaker.UnitId));
        var entries = await timetables.For(paths, now - Behind, now + Ahead, cancel);
        var lists = await ItemList.Read(db, speakers.Select(s => s.Stored?.Content).OfType<string>(), cancel);
        var drafts = new Drafts(now, lists);

        var plans = new List<PlannedTimetable>(speakers.Count);
        foreach (var (speaker, stored) in speakers.Select(s => (s.Speaker, s.Stored)))
        {
            var draft = drafts.Of(
                Meant(entries.GetValueOrDefault(speaker.Id) ?? [], speaker.PlacedAt),
                stored?.Content,
                speaker.LargestMessage
            );
            var heldNow = speaker.TimetableHeld ?? 0;
            var version = Math.Max(stored?.Version ?? 0, heldNow);
            var reaches = stored?.To > now + WorthRenewing || stored?.To >= draft.To;
            if (
                !anew
                && draft.Content == stored?.Content
                && reaches
                && stored.Version == version
                && stored.Room == draft.Room
            )
                continue;
            // One that takes only small messages is always told the rest later.
            if (draft.LeftOut > 0 && draft.Room is null)
                Log.Full(log, speaker.Id, draft.LeftOut, draft.To);
            var whole = new Timetable(speaker.Id, version + 1, now, now, draft.To, draft.Items);
            // A change is of use only to who holds what it changes, and what that was must still be known.
            var isHeld = !anew && stored?.Version == heldNow && lists.ContainsKey(stored.Content);
            var difference = drafts.ChangeTo(draft, stored?.Content);
            plans.Add(PlannedTimetable.Of(speaker, whole, draft, difference, stored, isHeld));
        }
        return plans;
    }

    // Whoever puts a speaker up does not hear what began before it had its place: only what people must hear at any time.
    static IReadOnlyList<TimetableEntry> Meant(IReadOnlyList<TimetableEntry> entries, DateTimeOffset? placed)
    {
        return entries.Any(IsOfBefore) ? [.. entries.Where(e => !IsOfBefore(e))] : entries;

        bool IsOfBefore(TimetableEntry entry) => entry.Start < placed && entry.Bulletin.Class != AirClass.Emergency;
    }

    /// <summary>The timetable of a speaker that is to play nothing any more.</summary>
    public async Task<PlannedTimetable> Nothing(Guid id, DateTimeOffset now, CancellationToken cancel)
    {
        var speaker = await db.Speakers.AsNoTracking().FirstAsync(s => s.Id == id, cancel);
        var stored = await db.Timetables.AsNoTracking().FirstOrDefaultAsync(t => t.SpeakerId == id, cancel);
        var lists = await ItemList.Read(db, stored is null ? [] : [stored.Content], cancel);
        var drafts = new Drafts(now, lists);
        var nothing = drafts.Of([], stored?.Content);
        var version = Math.Max(stored?.Version ?? 0, speaker.TimetableHeld ?? 0) + 1;
        var whole = new Timetable(id, version, now, now, nothing.To, []);
        var difference = drafts.ChangeTo(nothing, stored?.Content);
        return PlannedTimetable.Of(speaker, whole, nothing, difference, stored, isHeld: false);
    }

    static partial class Log
    {
        [LoggerMessage(
            1,
            LogLevel.Warning,
            "The timetable of speaker {Speaker} is full: it ends at {To}, and {Count} items wait for a later one"
        )]
        public static partial void Full(ILogger log, Guid speaker, int count, DateTimeOffset to);
    }
}
