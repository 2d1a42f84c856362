using Loa.Devices.Health;
using Loa.Kernel;
using Loa.Vietnamese;

namespace Loa.Devices.Registry;

/// <summary>Which speakers a list shows: those the reader may see, of one kind, that match every word searched for.</summary>
sealed record SpeakerFilter(string? Q, string? Show)
{
    public static readonly IReadOnlyDictionary<string, Func<IQueryable<Speaker>, IQueryable<Speaker>>> Kinds =
        new Dictionary<string, Func<IQueryable<Speaker>, IQueryable<Speaker>>>(StringComparer.Ordinal)
        {
            ["all"] = all => all.Where(s => s.State != SpeakerStates.Retired),
            ["online"] = all => all.Where(s => s.Presence == Presence.Online),
            ["offline"] = all => all.Where(s => s.State == SpeakerStates.Enrolled && s.Presence <= Presence.Offline),
            ["refusing"] = all => all.Where(s => s.RefusedReason != null),
            ["on-battery"] = all => all.Where(s => (s.Alarms & Alarms.OnBattery) != Alarms.None),
            ["amplifier-off"] = all => all.Where(s => (s.Alarms & Alarms.AmplifierOff) != Alarms.None),
            ["silent"] = all => all.Where(s => (s.Alarms & Alarms.Silent) != Alarms.None),
            ["soft"] = all => all.Where(s => (s.Alarms & Alarms.Soft) != Alarms.None),
            ["flood"] = all => all.Where(s => (s.Alarms & Alarms.Flood) != Alarms.None),
            ["clock-wrong"] = all => all.Where(s => (s.Alarms & Alarms.ClockWrong) != Alarms.None),
            ["storage-low"] = all => all.Where(s => (s.Alarms & Alarms.StorageLow) != Alarms.None),
            ["other-vendor"] = all =>
                all.Where(s => s.State != SpeakerStates.Retired && s.Vendor != SpeakerProcedure.Own),
            ["not-enrolled"] = all =>
                all.Where(s => s.State == SpeakerStates.Registered && s.Vendor == SpeakerProcedure.Own),
            ["retired"] = all => all.Where(s => s.State == SpeakerStates.Retired),
        };

    public string Kind => Show is not null && Kinds.ContainsKey(Show) ? Show : "all";

    public IQueryable<Speaker> Of(IQueryable<Speaker> all, Reach reach) => Kinds[Kind](Matching(all, reach));

    /// <summary>Before the choice of a kind, for the counts of all kinds.</summary>
    public IQueryable<Speaker> Matching(IQueryable<Speaker> all, Reach reach)
    {
        var seen = reach.Everywhere ? all : all.Where(s => reach.Units.Contains(s.UnitId));
        // So many words that a search would never end are not a search.
        foreach (var word in Folding.Fold(Q ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(8))
            seen = seen.Where(s => s.Search.Contains(word));
        return seen;
    }
}
