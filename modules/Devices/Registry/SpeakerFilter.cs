using System.Linq.Expressions;
using Loa.Contracts.People;
using Loa.Kernel;
using Loa.Vietnamese;

namespace Loa.Devices.Registry;

/// <summary>
/// Which speakers a list shows: those the reader may see, of one kind and model, below one unit, that match every word searched for.
/// </summary>
/// <param name="Units">The units they stand in; null for any.</param>
/// <param name="Model">Empty or null for any.</param>
sealed record SpeakerFilter(string? Q, string? Show, IReadOnlyCollection<Guid>? Units = null, string? Model = null)
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
        ["trouble"] = s =>
            s.State == SpeakerStates.Enrolled
            && (
                s.Presence <= Presence.Offline || s.RefusedReason != null || (s.Alarms & Alarms.MustAct) != Alarms.None
            ),
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

    /// <summary>Those at or below a unit, or anywhere when none is named.</summary>
    public SpeakerFilter Below(Guid? unit, UnitTree tree) =>
        this with
        {
            Units = unit is { } root ? [.. tree.SubtreeOf(root).Select(u => u.Id)] : null,
        };

    public string Kind => Show is not null && Kinds.ContainsKey(Show) ? Show : "all";

    /// <summary>
    /// Of any model: those of one are picked out of the groups, as an index gives these in its order only while nothing is left
    /// out of it.
    /// </summary>
    public SpeakerFilter OfAnyModel => this with { Model = null };

    public bool IsOfModel(SpeakerGroup group) => string.IsNullOrEmpty(Model) || group.Model == Model;

    /// <summary>Whether those of a group are listed, as far as groups tell them apart.</summary>
    public bool Holds(SpeakerGroup group) => IsOfModel(group) && group.Is(Kind);

    public IQueryable<Speaker> Of(IQueryable<Speaker> all, Reach reach) => Matching(all, reach).Where(Kinds[Kind]);

    /// <summary>Before the choice of a kind, for the counts of all kinds.</summary>
    public IQueryable<Speaker> Matching(IQueryable<Speaker> all, Reach reach)
    {
        var seen = all.InSight(reach, units => s => units.Contains(s.UnitId));
        if (Units is { } units)
            seen = seen.Where(s => units.Contains(s.UnitId));
        if (!string.IsNullOrEmpty(Model))
            seen = seen.Where(s => s.Model == Model);
        foreach (var piece in Terms.Pieces)
            seen = seen.Where(s => (" " + s.Search + " ").Contains(piece));
        return seen;
    }

    /// <summary>In the order of a list: by name; where a number may have been found in a serial, names that hold it come first.</summary>
    public IOrderedQueryable<Speaker> InOrder(IQueryable<Speaker> speakers) =>
        Serial is { } serial
            ? speakers.OrderBy(s => s.Serial.Contains(serial)).ThenBy(s => s.NameKey).ThenBy(s => s.Id)
            : speakers.OrderBy(s => s.NameKey).ThenBy(s => s.Id);

    /// <summary>The same from the other end.</summary>
    public IOrderedQueryable<Speaker> FromEnd(IQueryable<Speaker> speakers) =>
        Serial is { } serial
            ? speakers
                .OrderByDescending(s => s.Serial.Contains(serial))
                .ThenByDescending(s => s.NameKey)
                .ThenByDescending(s => s.Id)
            : speakers.OrderByDescending(s => s.NameKey).ThenByDescending(s => s.Id);

    SearchTerms Terms => SearchTerms.Of(Q);

    /// <summary>The number that is looked for in names before it is in serials; null when there is none.</summary>
    public string? Serial => Terms.OfSerial;
}
