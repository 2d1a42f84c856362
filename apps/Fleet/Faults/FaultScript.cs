using System.Globalization;

namespace Loa.Fleet.Faults;

/// <summary>
/// Faults in the order of a small text file, one a line: when, whom, what. <c>30s 5% cut 20s</c> ·
/// <c>1m 10% flap 5s/5s 1m</c> · <c>0s all slow 3G</c> · <c>2m 20% lossy 5% 1m</c> · <c>2m DEMO-00003 clock +1h 5m</c> ·
/// <c>3m 3% disk 1m</c> · <c>3m 1% lie 30s</c> · <c>4m 50% off 10s</c>. The last word is how long; without it, to the end.
/// </summary>
static class FaultScript
{
    static readonly Dictionary<string, Func<Fault, Queue<string>, Fault>> kinds = new()
    {
        ["cut"] = (fault, _) => fault with { Kind = FaultKind.Cut },
        ["flap"] = (fault, words) => fault with { Kind = FaultKind.Flap, Beat = Beat(words.Dequeue()) },
        ["slow"] = (fault, words) => fault with { Kind = FaultKind.Slow, Profile = Known(words.Dequeue()) },
        ["lossy"] = (fault, words) =>
            fault with
            {
                Kind = FaultKind.Lossy,
                Profile = Lines.Profile.Losing(Whom.Parse(words.Dequeue()).Share),
            },
        ["clock"] = (fault, words) => fault with { Kind = FaultKind.Clock, Shift = Time(words.Dequeue()) },
        ["disk"] = (fault, _) => fault with { Kind = FaultKind.Disk },
        ["lie"] = (fault, _) => fault with { Kind = FaultKind.Lie },
        ["off"] = (fault, _) => fault with { Kind = FaultKind.Off },
    };

    /// <exception cref="ArgumentException">A line cannot be understood; it is named.</exception>
    public static IReadOnlyList<Fault> Read(IEnumerable<string> lines) =>
        [
            .. lines
                .Select((text, number) => (Text: text.Split('#')[0].Trim(), Number: number + 1))
                .Where(line => line.Text.Length > 0)
                .Select(line => Read(line.Text, line.Number)),
        ];

    static Fault Read(string text, int number)
    {
        try
        {
            var words = new Queue<string>(text.Split(' ', StringSplitOptions.RemoveEmptyEntries));
            var fault = new Fault(Time(words.Dequeue()), Whom.Parse(words.Dequeue()), default, null);
            fault = kinds[words.Dequeue()](fault, words);
            return fault with { Lasting = words.TryDequeue(out var lasting) ? Time(lasting) : null };
        }
        catch (Exception wrong)
            when (wrong is FormatException or InvalidOperationException or KeyNotFoundException or ArgumentException)
        {
            throw new ArgumentException($"Line {number} of the script cannot be understood: {text}", wrong);
        }
    }

    static Lines.Profile Known(string name) => Lines.Profile.Known[name];

    static (TimeSpan Up, TimeSpan Down) Beat(string text) =>
        text.Split('/') is [var up, var down] ? (Time(up), Time(down)) : throw new FormatException(text);

    // 500ms 30s 2m +1h -3d
    static TimeSpan Time(string text)
    {
        var number = text.TrimEnd("dhms".ToCharArray());
        var value = double.Parse(number, NumberStyles.Float, CultureInfo.InvariantCulture);
        return text[number.Length..] switch
        {
            "ms" => TimeSpan.FromMilliseconds(value),
            "s" => TimeSpan.FromSeconds(value),
            "m" => TimeSpan.FromMinutes(value),
            "h" => TimeSpan.FromHours(value),
            "d" => TimeSpan.FromDays(value),
            _ => throw new FormatException(text),
        };
    }
}
