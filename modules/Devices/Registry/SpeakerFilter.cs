using System.Linq.Expressions;
using Loa.Kernel;
using Loa.Vietnamese;

namespace Loa.Devices.Registry;

/// <summary>Which speakers a list shows: those the reader may see, of one kind, that match every word searched for.</summary>
sealed record SpeakerFilter(string? Q, string? Show)
{
    // What nearly all are is said by what they are not: SQLite would look for it first, and sort all it found.
    public static readonly IReadOnlyDictionary<string, Expression<Func<Speaker, bool>>> Kinds = new Dictionary<
        string,
        Expression<Func<Speaker, bool>>
    >(StringComparer.Ordinal)
    {
        ["all"] = s => s.State != SpeakerStates.Retired,
        ["online"] = s => s.Presence == Presence.Online,
        ["offline"] = s =>
            s.State != SpeakerStates.Registered && s.State != SpeakerStates.Retired && s.Presence <= Presence.Offline,
        ["refusing"] = s => s.RefusedReason != null,
        ["on-battery"] = s => (s.Alarms & Alarms.OnBattery) != Alarms.None,
        ["amplifier-off"] = s => (s.Alarms & Alarms.AmplifierOff) != Alarms.None,
        ["silent"] = s => (s.Alarms & Alarms.Silent) != Alarms.None,
        ["soft"] = s => (s.Alarms & Alarms.Soft) != Alarms.None,
        ["flood"] = s => (s.Alarms & Alarms.Flood) != Alarms.None,
        ["clock-wrong"] = s => (s.Alarms & Alarms.ClockWrong) != Alarms.None,
        ["storage-low"] = s => (s.Alarms & Alarms.StorageLow) != Alarms.None,
        ["other-vendor"] = s => s.State != SpeakerStates.Retired && s.Vendor != SpeakerProcedure.Own,
        ["not-enrolled"] = s => s.State == SpeakerStates.Registered && s.Vendor == SpeakerProcedure.Own,
        ["retired"] = s => s.State == SpeakerStates.Retired,
    };

    public string Kind => Show is not null && Kinds.ContainsKey(Show) ? Show : "all";

    public IQueryable<Speaker> Of(IQueryable<Speaker> all, Reach reach) => Matching(all, reach).Where(Kinds[Kind]);

    /// <summary>Before the choice of a kind, for the counts of all kinds.</summary>
    public IQueryable<Speaker> Matching(IQueryable<Speaker> all, Reach reach)
    {
        var seen = all.InSight(reach, units => s => units.Contains(s.UnitId));
        // So many words that a search would never end are not a search.
        foreach (var word in Folding.Fold(Q ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(8))
            seen = seen.Where(s => s.Search.Contains(word));
        return seen;
    }
}
