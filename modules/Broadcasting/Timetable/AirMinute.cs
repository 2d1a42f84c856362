namespace Loa.Broadcasting.Timetable;

/// <summary>What the plan says of a minute at one place.</summary>
enum MinuteKind
{
    /// <summary>An item is to be heard.</summary>
    Heard,

    /// <summary>An item that was to be heard is left out.</summary>
    LeftOut,

    /// <summary>An item that was to be heard has another time.</summary>
    Elsewhen,

    /// <summary>Nothing may be heard.</summary>
    Closed,

    /// <summary>A session, and nothing that asks for this minute of it.</summary>
    NothingAsked,

    /// <summary>No session.</summary>
    Outside,
}

/// <summary>Why an item is to be heard at a minute, or why none is.</summary>
/// <param name="Fate">Of the item that it is about.</param>
/// <param name="Stretch">What is closed; the session; or the next session.</param>
sealed record AirMinute(
    DateTimeOffset At,
    MinuteKind Kind,
    Fate? Fate = null,
    AirStretch? Stretch = null,
    HeardStretch? Heard = null
)
{
    static readonly TimeSpan Long = TimeSpan.FromMinutes(1);

    public static AirMinute Of(PlaceAir air, ClosedAir closed, DateTimeOffset minute)
    {
        foreach (var heard in air.Heard)
            if (heard.From < minute + Long && minute < heard.To)
                return new(minute, MinuteKind.Heard, FateOf(heard.Item.Candidate.Id), null, heard);
        // Who asked for this very minute: the one left out before the one that only has another time.
        var asked = air
            .Fates.Where(f => f.Candidate.Start < minute + Long && minute < EndOf(f.Candidate))
            .OrderByDescending(f => f.Kind == FateKind.Dropped)
            .ThenByDescending(f => f.Candidate.Class)
            .FirstOrDefault(f => f.Kind == FateKind.Dropped || f.Candidate.Timing != AirTiming.Session);
        if (asked is not null)
            return new(minute, asked.Kind == FateKind.Dropped ? MinuteKind.LeftOut : MinuteKind.Elsewhen, asked);
        if (closed.Closed.At(minute) is { } shut)
            return new(minute, MinuteKind.Closed, null, shut);
        if (closed.Sessions.At(minute) is { } session)
            return new(minute, MinuteKind.NothingAsked, null, session);
        var next = closed.Sessions.FirstOrDefault(s => s.From > minute);
        return new(minute, MinuteKind.Outside, null, next == default ? null : next);

        Fate FateOf(Guid id) => air.Fates.First(f => f.Candidate.Id == id);
    }

    // What asks for a session asks for any minute of it; an order of today for its own length.
    static DateTimeOffset EndOf(AirCandidate candidate) =>
        candidate.Timing == AirTiming.Session
            ? candidate.Until
            : candidate.Start + candidate.LengthFrom(candidate.Start);
}
