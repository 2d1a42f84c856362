using Loa.Cases;

namespace Loa.Broadcasting.Broadcasts;

/// <summary>A broadcast, read from its case: it belongs to each unit by a post of which it was ordered.</summary>
sealed class Broadcast(Case standing) : ICase<Broadcast>
{
    public static Procedure Procedure => BroadcastProcedure.Definition;

    public static string Path => "/broadcasts";

    public static Broadcast Of(Case standing) => new(standing);

    public Case Case => standing;

    public IEnumerable<Guid> Units =>
        standing.Texts(BroadcastProcedure.Owners).Select(Guid.Parse).Prepend(standing.UnitId);

    /// <summary>Where it was ordered to be heard: who lives there or below may ask what it was.</summary>
    public IEnumerable<Guid> Concerned => standing.Texts("units").Select(Guid.Parse);

    public BroadcastOrder Order => BroadcastOrder.From(CaseRow.Of(standing));
}
