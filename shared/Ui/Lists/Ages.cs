using Loa.Kernel;

namespace Loa.Ui;

/// <summary>How long ago something was, roughly, as people say it.</summary>
public static class Ages
{
    public static string Since(this DateTimeOffset at, DateTimeOffset now) =>
        (now - at) switch
        {
            { TotalMinutes: < 1 } => Words.Get("ui.age.now"),
            { TotalHours: < 1 } age => Words.Get("ui.age.minutes", (int)age.TotalMinutes),
            { TotalDays: < 1 } age => Words.Get("ui.age.hours", (int)age.TotalHours),
            var age => Words.Get("ui.age.days", (int)age.TotalDays),
        };
}
