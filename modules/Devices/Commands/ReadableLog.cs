using System.Text.Json;
using Loa.Kernel;
using Loa.Ui;

namespace Loa.Devices.Commands;

/// <summary>
/// The log of a speaker as people read it: each line with its time of the day here, what happened in words, and the rest without
/// what says nothing to a person; the file that is downloaded has all.
/// </summary>
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
                .Where(p => p.Name is not ("at" or "event" or "serial") && !Guid.TryParse(p.Value.ToString(), out _))
                .Select(Detail);
            var happened = root.TryGetProperty("event", out var name) ? name.ToString() : "";
            if (Words.Has("log." + happened))
                happened = Words.Get("log." + happened);
            return string.Join("  ", [moment.Shown(Precision.Second), happened, .. rest]);
        }
        catch (JsonException)
        {
            return line;
        }
    }

    static string Detail(JsonProperty detail)
    {
        if (detail is { Name: "reason", Value.ValueKind: JsonValueKind.String })
            return Reasons.Of(detail.Value.GetString()!);
        var isMoment = detail.Value.ValueKind == JsonValueKind.String && detail.Value.TryGetDateTimeOffset(out _);
        return $"{detail.Name}: {(isMoment ? detail.Value.GetDateTimeOffset().Shown(Precision.Second) : detail.Value)}";
    }
}
