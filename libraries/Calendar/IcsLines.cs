using System.Text;

namespace Loa.Calendar;

/// <summary>A content line of an iCalendar file (RFC 5545 §3.1) with the number of the line at which it begins.</summary>
sealed record IcsLine(int Number, string Name, IReadOnlyDictionary<string, string> Parameters, string Value)
{
    public string? Parameter(string name) => Parameters.GetValueOrDefault(name);
}

/// <summary>Unfolds and takes apart the lines of an iCalendar file, and folds them.</summary>
static class IcsLines
{
    const int LongestOctets = 75;

    public static IEnumerable<IcsLine> Read(string text, List<IcsFault> faults)
    {
        var (number, begun, line) = (0, 0, new StringBuilder());
        foreach (var raw in text.AsSpan().EnumerateLines().ToStrings())
        {
            number++;
            if (raw.Length > 0 && raw[0] is ' ' or '\t')
            {
                line.Append(raw, 1, raw.Length - 1);
                continue;
            }
            if (Taken(line.ToString(), begun, faults) is { } taken)
                yield return taken;
            line.Clear().Append(raw);
            begun = number;
        }
        if (Taken(line.ToString(), begun, faults) is { } last)
            yield return last;
    }

    static List<string> ToStrings(this SpanLineEnumerator lines)
    {
        var all = new List<string>();
        foreach (var line in lines)
            all.Add(line.ToString());
        return all;
    }

    static IcsLine? Taken(string line, int number, List<IcsFault> faults)
    {
        if (line.Length == 0)
            return null;
        // A colon or semicolon within quotes belongs to a parameter's value.
        var (parts, quoted, from, colon) = (new List<string>(), false, 0, -1);
        for (var i = 0; i < line.Length && colon < 0; i++)
            switch (line[i])
            {
                case '"':
                    quoted = !quoted;
                    break;
                case ';' or ':' when !quoted:
                    parts.Add(line[from..i]);
                    from = i + 1;
                    colon = line[i] == ':' ? i : -1;
                    break;
            }
        if (colon < 0 || parts[0].Length == 0)
        {
            faults.Add(new(number, IcsFaultKind.NoLine, line));
            return null;
        }
        var parameters = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var part in parts.Skip(1))
            if (part.IndexOf('=', StringComparison.Ordinal) is > 0 and var equals)
                parameters[part[..equals]] = part[(equals + 1)..].Trim('"');
        return new(number, parts[0].ToUpperInvariant(), parameters, line[(colon + 1)..]);
    }

    /// <summary>Writes a line in pieces of at most 75 octets, and cuts no letter.</summary>
    public static void Write(StringBuilder file, string line)
    {
        var octets = 0;
        foreach (var rune in line.EnumerateRunes())
        {
            if (octets + rune.Utf8SequenceLength > LongestOctets)
            {
                file.Append("\r\n ");
                octets = 1;
            }
            file.Append(rune.ToString());
            octets += rune.Utf8SequenceLength;
        }
        file.Append("\r\n");
    }

    /// <summary>A text as a value (§3.3.11).</summary>
    public static string Escaped(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace(";", "\\;", StringComparison.Ordinal)
            .Replace(",", "\\,", StringComparison.Ordinal)
            .ReplaceLineEndings("\\n");

    public static string Plain(string value)
    {
        var text = new StringBuilder(value.Length);
        for (var i = 0; i < value.Length; i++)
            text.Append(
                value[i] != '\\' || i + 1 == value.Length ? value[i]
                : value[++i] is 'n' or 'N' ? '\n'
                : value[i]
            );
        return text.ToString();
    }
}
