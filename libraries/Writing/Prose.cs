using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Loa.Writing;

/// <summary>A text of several lines: composed letters, line ends of one kind, nothing that cannot be seen.</summary>
public static class Prose
{
    /// <summary>Null when the text holds what no text may hold: control characters, turned reading order, half a character.</summary>
    public static bool TryRead(string text, [NotNullWhen(true)] out string? prose)
    {
        prose = null;
        var lines = text.Replace('\v', '\n').ReplaceLineEndings("\n").Trim();
        if (Characters.HoldsForbidden(lines, inLines: true))
            return false;
        if (!Ascii.IsValid(lines))
        {
            var seen = Characters.HoldsUnseen(lines) ? Characters.Seen(lines) : lines;
            lines = seen.Normalize(NormalizationForm.FormC).Trim();
        }
        prose = lines;
        return true;
    }

    /// <summary>The text without what cannot be seen, half a character replaced by U+FFFD.</summary>
    public static string Seen(string text) => Characters.HoldsUnseen(text) ? Characters.Seen(text) : text;

    /// <summary>Whether a text may be taken as it stands, for one that is only asked for: no control characters, no turned reading order.</summary>
    public static bool IsFit(ReadOnlySpan<char> text) => !Characters.HoldsForbidden(text, inLines: true);

    /// <summary>Whether every database and page bears the text as it stands: for what is signed and must not be altered.</summary>
    public static bool IsStorable(ReadOnlySpan<char> text) => !Characters.HoldsUnstorable(text, inLines: true);

    /// <summary>The text, each sign that cannot be kept replaced by U+FFFD: for what a machine tells of itself.</summary>
    public static string Storable(string text) => IsStorable(text) ? text : Characters.Marked(text);
}
