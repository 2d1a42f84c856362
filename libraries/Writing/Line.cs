using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Loa.Writing;

/// <summary>
/// A text in one line, a name or a number: composed letters, single blanks, nothing that cannot be seen. Two that look the same
/// are the same.
/// </summary>
public static class Line
{
    /// <summary>Null when the text holds what no line may hold: control characters, line ends, turned reading order, half a character.</summary>
    public static bool TryRead(string text, [NotNullWhen(true)] out string? line)
    {
        line = null;
        var inside = text.Trim();
        if (Characters.HoldsForbidden(inside, inLines: false))
            return false;
        if (!Ascii.IsValid(inside) || inside.Contains("  ", StringComparison.Ordinal))
        {
            var seen = Characters.HoldsUnseen(inside) ? Characters.Seen(inside) : inside;
            inside = Characters.OneForm(seen.Normalize(NormalizationForm.FormC)).Trim();
        }
        line = inside;
        return true;
    }

    /// <summary>Whether the text is written as <see cref="TryRead"/> would give it back.</summary>
    public static bool Is(string text) => TryRead(text, out var line) && line == text;
}
