using Loa.Contracts.People;
using Loa.Devices.Data;
using Loa.Devices.Registry;
using Loa.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Loa.Devices.Commands;

/// <summary>Which speakers an order is for: those ticked, those of a unit and below, or all that a list shows.</summary>
/// <param name="All">All that the list shows is meant; without it, nothing ticked and no unit mean nobody.</param>
sealed record Selection(IReadOnlyList<Guid> Ids, Guid? Unit, string? Q, string? Show, bool All, string? Model = null)
{
    public bool IsNobody => Ids.Count == 0 && Unit is null && !All;

    /// <summary>Those of them that have a key and lie within reach.</summary>
    public IQueryable<Speaker> Of(DevicesDb db, UnitTree tree, Reach reach)
    {
        var speakers = Every(db, tree, reach);
        return speakers.Where(s => s.State == SpeakerStates.Enrolled);
    }

    public IQueryable<Speaker> Every(DevicesDb db, UnitTree tree, Reach reach)
    {
        var all = db.Speakers.AsNoTracking();
        if (Ids.Count > 0)
            return new SpeakerFilter(null, null).Matching(all, reach).Where(s => Ids.Contains(s.Id));
        if (IsNobody)
            return all.Where(_ => false);
        var listed = new SpeakerFilter(Q, Show, Model: Model).Of(all, reach);
        return Unit is { } unit ? listed.Inside(tree, [unit]) : listed;
    }

    /// <summary>The selection in words, for the ledger and the page.</summary>
    public string Describe(UnitTree tree, int count)
    {
        if (Ids.Count > 0)
            return Words.Get("selection.ticked", count);
        var kind = new SpeakerFilter(Q, Show).Kind;
        string?[] parts =
        [
            Unit is { } unit ? tree.PlaceOf(unit) : null,
            string.IsNullOrWhiteSpace(Q) ? null : $"“{Q.Trim()}”",
            kind == "all" ? null : Words.Get("speakers.show." + kind),
            string.IsNullOrEmpty(Model) ? null : Model,
        ];
        var said = string.Join(" · ", parts.OfType<string>());
        return said.Length > 0 ? said : Words.Get("selection.all");
    }
}
