namespace Loa.Calendar;

/// <summary>A day of the lunar calendar.</summary>
/// <param name="Year">The year in which its first month begins.</param>
/// <param name="Leap">The second month of that number in its year.</param>
public readonly record struct LunarDate(int Year, int Month, int Day, bool Leap = false);

/// <summary>A month of the lunar calendar, and the day at which it begins.</summary>
public readonly record struct LunarMonth(int Month, bool Leap, DateOnly Begin, int Length);
