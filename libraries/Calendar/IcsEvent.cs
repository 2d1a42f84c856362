namespace Loa.Calendar;

/// <summary>A series with its name, as an iCalendar file holds it.</summary>
/// <param name="Why">Its description.</param>
public sealed record IcsEvent(string Uid, string Summary, EventSeries Series, string Why = "");

/// <summary>What was read of a file; what has a fault is not among the events.</summary>
public sealed record IcsFile(IReadOnlyList<IcsEvent> Events, IReadOnlyList<IcsFault> Faults);
