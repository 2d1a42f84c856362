using System.Text.Json;
using Loa.Ui;

namespace Loa.Devices.Commands;

/// <summary>The log of a speaker as people read it: each line with its time of the day here, what happened, and the rest.</summary>
static class ReadableLog
{
    public static string Of(IEnumerable<LogPart> parts) =>
        string.Join('\n', string.Concat(parts.Select(p => p.Text)).Split('\n').Select(Line));

    // What is no line of ours, or the half of one, is shown as it came.
    static string Line(string line)
    {
        if (!line.StartsWith('{'))
            return line;
        try
        {
            using var json = JsonDocument.Parse(line);
            var root = json.RootElement;
            if (!root.TryGetProperty("at", out var at) || !at.TryGetDateTimeOffset(out var moment))
                return line;
            var rest = root.EnumerateObject()
                .Where(p => p.Name is not ("at" or "event" or "serial"))
                .Select(p => $"{p.Name}: {p.Value}");
            var happened = root.TryGetProperty("event", out var name) ? name.ToString() : "";
            return string.Join("  ", [moment.Shown(Precision.Second), happened, .. rest]);
        }
        catch (JsonException)
        {
            return line;
        }
    }
}
