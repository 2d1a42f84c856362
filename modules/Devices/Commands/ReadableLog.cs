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
    // What only a program compares.
    static readonly HashSet<string> unsaid = new(StringComparer.Ordinal)
    {
        "at",
        "event",
        "serial",
        "digest",
        "hash",
        "kid",
        "seq",
    };

    // Where the words of a detail's answers stand.
    static readonly Dictionary<string, string> answers = new(StringComparer.Ordinal)
    {
        ["name"] = "command.",
        ["subject"] = "subject.",
        ["kind"] = "package.kind.",
        ["outcome"] = "log.outcome.",
        ["what"] = "log.what.",
        ["why"] = "log.why.",
    };

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
                .Where(p => !unsaid.Contains(p.Name) && !Guid.TryParse(p.Value.ToString(), out _))
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
        var said = detail.Value.ToString();
        if (detail.Name is "reason" or "failure")
            return Reasons.Of(said);
        if (detail.Value.ValueKind == JsonValueKind.String && detail.Value.TryGetDateTimeOffset(out var moment))
            said = moment.Shown(Precision.Second);
        else if (answers.TryGetValue(detail.Name, out var words) && Words.Has(words + said))
            said = Words.Get(words + said);
        return $"{NameOf(detail.Name)}: {said}";
    }

    // What software that is newer says is shown as it came.
    static string NameOf(string detail) =>
        Words.Has("log.detail." + detail) ? Words.Get("log.detail." + detail) : detail;
}
