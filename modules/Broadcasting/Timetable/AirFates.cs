namespace Loa.Broadcasting.Timetable;

/// <summary>Brings the fates that were planned in line with what is really heard.</summary>
static class AirFates
{
    public static IReadOnlyList<Fate> Of(
        IReadOnlyList<Fate> planned,
        IReadOnlyList<ToldItem> told,
        List<HeardStretch> heard
    )
    {
        // What is heard as it was told keeps its fate.
        var asTold = heard.Where(IsAsTold).Select(h => h.Item).ToHashSet(ReferenceEqualityComparer.Instance);
        var others = told.Where(t => !asTold.Contains(t)).Select(t => t.Candidate.Id).ToHashSet();
        var itsTold = told.Where(t => others.Contains(t.Candidate.Id)).ToLookup(t => t.Candidate.Id);
        var itsHeard = heard.Where(h => others.Contains(h.Item.Candidate.Id)).ToLookup(h => h.Item.Candidate.Id);
        return
        [
            .. planned.Select(fate =>
                others.Contains(fate.Candidate.Id)
                    ? Real(fate, [.. itsTold[fate.Candidate.Id]], [.. itsHeard[fate.Candidate.Id]], heard)
                    : Explained(fate, heard)
            ),
        ];
    }

    static bool IsAsTold(HeardStretch heard)
    {
        var end = heard.Item.Start + heard.Item.Length;
        return heard.From == heard.Item.Start
            && heard.CutBy is null
            && heard.To == (heard.Item.IsWhole || end < heard.Item.Until ? end : heard.Item.Until);
    }

    static Fate Real(Fate fate, ToldItem[] told, HeardStretch[] heard, List<HeardStretch> all)
    {
        if (heard.Length == 0)
        {
            var holder = HolderAt(all, told[0].Start);
            return fate with
            {
                Kind = FateKind.Dropped,
                At = null,
                Because = KeyOf(holder, told[0]),
                Policy = null,
                Other = holder?.Candidate.Id,
            };
        }
        var real = fate with { At = heard[0].From };
        var missing = told.Where(t => !IsWhole(t, heard)).ToList();
        if (missing.Count > 0 && fate.Kind != FateKind.Shortened)
        {
            var cut = heard.FirstOrDefault(h => h.CutBy is not null && missing.Contains(h.Item)).CutBy;
            var before = cut ?? HolderAt(all, missing[0].Start);
            return real with
            {
                Kind = FateKind.Shortened,
                Because =
                    cut is not null ? "interrupted"
                    : before is null ? "session-over"
                    : KeyOf(before, missing[0]),
                Policy = null,
                Other = before?.Candidate.Id,
            };
        }
        if (fate.Kind == FateKind.Shortened)
            return real;
        if (heard.FirstOrDefault(h => h.CutBy is not null) is { CutBy: { } between })
            return real with
            {
                Kind = FateKind.Interrupted,
                Because = "interrupted",
                Policy = null,
                Other = between.Candidate.Id,
            };
        if (heard[0].From == fate.At)
            return Explained(real, all);
        var holding = HolderAt(all, fate.At!.Value);
        return real with
        {
            Kind = FateKind.Moved,
            Because = KeyOf(holding, told[0]),
            Policy = null,
            Other = holding?.Candidate.Id,
        };
    }

    // Orders are placed without looking who stands before them.
    static Fate Explained(Fate fate, List<HeardStretch> all) =>
        fate is { Policy: null, Other: null, Because: "after-earlier" or "after-higher" }
            ? fate with
            {
                Other = HolderAt(all, fate.Candidate.Start)?.Candidate.Id,
            }
            : fate;

    // From its first sample to its last, in how many pieces soever.
    static bool IsWhole(ToldItem item, HeardStretch[] heard) =>
        heard.Any(h => h.Item == item && h.Offset == TimeSpan.Zero)
        && heard.Any(h => h.Item == item && h.Offset + (h.To - h.From) >= item.Length);

    static ToldItem? HolderAt(List<HeardStretch> all, DateTimeOffset moment)
    {
        var (low, high) = (0, all.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (all[middle].To <= moment)
                low = middle + 1;
            else
                high = middle;
        }
        return low < all.Count && all[low].From <= moment ? all[low].Item : null;
    }

    static string KeyOf(ToldItem? holder, ToldItem item) =>
        holder is null ? "after-earlier"
        : Air.Precedence.Interrupts(holder.Candidate.Class, item.Candidate.Class) ? "after-higher"
        : "after-earlier";
}
