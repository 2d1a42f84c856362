using System.Globalization;
using System.Text.RegularExpressions;
using Loa.Air;
using Loa.Devices.Health;
using Loa.Kernel;
using Loa.Ui;

namespace Loa.Devices.Commands;

/// <summary>What a self-test found, in the words of who reads it: sizes and times as people write them, no id.</summary>
static partial class FoundCheck
{
    public static string Of(SelfCheck check)
    {
        var name = Words.Has("check." + check.Name) ? Words.Get("check." + check.Name) : check.Name;
        var said = Words.Get(check.Good ? "found.check.good" : "found.check.bad", name);
        return Detail(check) is { Length: > 0 } detail ? $"{said} ({detail})" : said;
    }

    static string? Detail(SelfCheck check)
    {
        if (check.Detail is not { } detail)
            return null;
        if (check.Name == "storage" && long.TryParse(detail, CultureInfo.InvariantCulture, out var free))
            return Words.Get("found.check.free", Amounts.Bytes(free));
        if (Clock().Match(detail) is { Success: true } clock)
            return Words.Get(
                "found.check.clock",
                DateTimeOffset.Parse(clock.Groups["at"].Value, CultureInfo.InvariantCulture).Shown(Precision.Second),
                Amounts.Seconds(int.Parse(clock.Groups["ms"].Value, CultureInfo.InvariantCulture))
            );
        if (check.Name != "output")
            return detail;
        // Which item it played meanwhile is nothing to a person; of a good sound all is said.
        var sound = "signal.Sound." + detail.ToLowerInvariant();
        return !check.Good && Words.Has(sound) ? Words.Get(sound) : null;
    }

    [GeneratedRegex(@"^(?<at>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ) ±(?<ms>\d{1,8}) ms$", RegexOptions.CultureInvariant)]
    private static partial Regex Clock();
}
