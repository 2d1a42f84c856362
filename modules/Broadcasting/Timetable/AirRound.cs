namespace Loa.Broadcasting.Timetable;

/// <summary>Answers one question for place after place; what policies say is written out once for all that share them.</summary>
sealed class AirRound(AirQuestion question)
{
    readonly Dictionary<string, ClosedAir> airs = new(StringComparer.Ordinal);

    public PlaceAir Of(AirPlace place)
    {
        var key = place.KeyOf(unit => question.Policies.Of(unit).Count > 0);
        if (!airs.TryGetValue(key, out var air))
            airs[key] = air = ClosedAir.Of(place, question);
        return Timeline.Of(place, question, air);
    }
}
