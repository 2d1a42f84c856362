using Loa.Air;

namespace Loa.Bench.Week;

/// <summary>Holds what was ordered against what a speaker recorded, by the true time.</summary>
static class Judge
{
    // After these the same item may sound again.
    static readonly string[] mayGoOn = ["outranked", "power", "shutdown", "clock"];

    public static void Look(Cabinet cabinet, Found found)
    {
        var diary = cabinet.Diary;
        found.Speakers++;
        found.Records += (int)diary.Head.Seq;
        found.Repeats += diary.Repeats;
        found.BrokenChains += diary.Faults.Count;
        found.Oddities.AddRange(diary.Faults.Select(fault => $"{cabinet.Id:d}: {fault}"));
        foreach (var refusal in diary.Refusals)
            Count(found.Refusals, refusal);
        var records = diary.Plays.ToLookup(record => record.Item!.Value);
        foreach (var ordered in cabinet.Orders.All)
        {
            found.Ordered++;
            Look(cabinet, ordered, [.. records[ordered.Item.Id]], found);
        }
    }

    static void Look(Cabinet cabinet, Ordered ordered, AirRecord[] records, Found found)
    {
        var (diary, start) = (cabinet.Diary, ordered.Item.Start);
        if (ordered.Dropped is { } dropped && diary.Taken(dropped) is { } gone && gone < start)
        {
            found.Withdrawn++;
            if (records.Length > 0)
                found.PlayedThoughWithdrawn++;
            return;
        }
        var end = records.Length == 0 ? "no record" : $"{records[^1].Outcome} {records[^1].Reason}".TrimEnd();
        var known = diary.Taken(ordered.Version) is { } taken && taken <= start;
        var isInTime = known && diary.SoundCame(ordered.Bulletin.Sound) is { } came && came <= start;
        if (isInTime)
            found.InTime++;
        else if (known)
            found.Soundless++;
        else
            found.TooLate++;
        Count(isInTime ? found.Ends : found.OtherEnds, end);
        Recorded(cabinet, ordered, records, known, found);
        if (isInTime && (records.Length == 0 || records.All(record => record.Start is null)))
        {
            found.Missed++;
            if (diary.Written(ordered.Item.Id) < start)
                found.StruckEarly++;
            Odd(found, cabinet, ordered, end);
        }
        if (isInTime && !ordered.Item.Now && records.FirstOrDefault() is { Start: { } began, Offset: { } offset } first)
        {
            var own = (first.Late!.Value - offset).TotalMilliseconds;
            found.OwnErrors.Add(Math.Abs(own));
            if (diary.ClockOff(ordered.Item.Id) is { } off)
                found.Errors.Add(Math.Abs((began - off - start - offset).TotalMilliseconds));
        }
    }

    static void Recorded(Cabinet cabinet, Ordered ordered, AirRecord[] records, bool known, Found found)
    {
        if (records.Length == 0 && known)
            found.Unrecorded++;
        var begun = records.Where(record => record.Start is not null).Select(record => record.Start).ToArray();
        var isClosedBefore = records.SkipLast(1).Any(record => !MayGoOn(record));
        if (!isClosedBefore && begun.Distinct().Count() == begun.Length)
            return;
        found.RecordedTwice++;
        Odd(found, cabinet, ordered, string.Join(", ", records.Select(record => $"{record.Outcome} {record.Reason}")));
    }

    static bool MayGoOn(AirRecord record) =>
        record.Outcome == PlayOutcome.Interrupted && mayGoOn.Contains(record.Reason);

    static void Odd(Found found, Cabinet cabinet, Ordered ordered, string what) =>
        found.Oddities.Add(
            $"{cabinet.Id:d} {ordered.Item.Start:MM-dd HH:mm:ss} {ordered.Item.Class} v{ordered.Version}, written {cabinet.Diary.Written(ordered.Item.Id):MM-dd HH:mm:ss}: {what}"
        );

    static void Count(Dictionary<string, int> into, string word) => into[word] = into.GetValueOrDefault(word) + 1;
}
