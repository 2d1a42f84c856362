using System.Buffers;
using System.Collections.Frozen;
using System.Net;
using System.Text;

namespace Loa.Vietnamese;

/// <summary>Takes the marks of a web page out of a text that was copied with them: tags and entities.</summary>
static class WebMarks
{
    // A tag with its attributes; what is longer is no tag of anybody.
    const int longestTag = 200;

    static readonly FrozenSet<string> inside = Set("a b i u s em strong span font sup sub small mark");
    static readonly FrozenSet<string> apart = Set(
        "p br div li ul ol tr table tbody thead h1 h2 h3 h4 h5 h6 hr section article header footer blockquote"
    );
    static readonly FrozenSet<string> cells = Set("td th");

    public static string Without(string text)
    {
        if (!text.Contains('<', StringComparison.Ordinal) && !text.Contains('&', StringComparison.Ordinal))
            return text;
        var seen = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] == '<' && Tag(text, at, out var put) is var length and > 0)
            {
                seen.Append(put);
                at += length - 1;
            }
            else
                seen.Append(text[at]);
        }
        return WebUtility.HtmlDecode(seen.ToString());
    }

    static int Tag(string text, int at, out string put)
    {
        put = "";
        var rest = text.AsSpan(at, Math.Min(longestTag, text.Length - at));
        var end = rest.IndexOf('>');
        var name = end < 0 ? default : rest[1..end].TrimStart('/');
        var length = name.IndexOfAnyExcept(letters);
        var tag = (length < 0 ? name : name[..length]).ToString().ToLowerInvariant();
        if (apart.Contains(tag))
            put = "\n";
        else if (cells.Contains(tag))
            put = "\t";
        else if (!inside.Contains(tag))
            return 0;
        return end + 1;
    }

    static readonly SearchValues<char> letters = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
    );

    static FrozenSet<string> Set(string names) => names.Split(' ').ToFrozenSet();
}
