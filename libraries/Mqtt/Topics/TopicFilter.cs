namespace Loa.Mqtt.Topics;

/// <summary>A pattern over topic names: <c>+</c> stands for one level, a final <c>#</c> for all that follow.</summary>
static class TopicFilter
{
    public const int DeepestLevel = 32;

    public static bool IsShared(string filter) => filter.StartsWith("$share/", StringComparison.Ordinal);

    public static bool IsValid(string filter)
    {
        if (filter.Length == 0 || filter.Contains('\0'))
            return false;
        var levels = 0;
        foreach (var range in filter.AsSpan().Split('/'))
        {
            var level = filter.AsSpan()[range];
            if (++levels > DeepestLevel)
                return false;
            if (level.IndexOfAny('+', '#') >= 0 && level.Length > 1)
                return false;
            if (level is "#" && range.End.Value != filter.Length)
                return false;
        }
        return true;
    }

    public static bool Matches(ReadOnlySpan<char> filter, ReadOnlySpan<char> topic)
    {
        // Topics of the server itself are not caught by a wildcard in the first place.
        if (topic is ['$', ..] && filter is ['+' or '#', ..])
            return false;

        while (true)
        {
            if (filter is "#")
                return true;
            var filterLevel = Level(ref filter, out var filterEnds);
            var topicLevel = Level(ref topic, out var topicEnds);
            if (filterLevel is not "+" && !filterLevel.SequenceEqual(topicLevel))
                return false;
            if (topicEnds)
                return filterEnds || filter is "#";
            if (filterEnds)
                return false;
        }
    }

    static ReadOnlySpan<char> Level(ref ReadOnlySpan<char> rest, out bool ends)
    {
        var slash = rest.IndexOf('/');
        ends = slash < 0;
        var level = ends ? rest : rest[..slash];
        rest = ends ? default : rest[(slash + 1)..];
        return level;
    }
}
