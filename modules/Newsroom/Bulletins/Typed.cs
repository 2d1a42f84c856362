using System.Text;
using Loa.Kernel;

namespace Loa.Newsroom.Bulletins;

/// <summary>What an officer typed or pasted, as it is kept: composed letters, and nothing that cannot be seen.</summary>
static class Typed
{
    public static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        // Half a surrogate pair comes out as the replacement character, which every database takes.
        foreach (var rune in text.ReplaceLineEndings("\n").EnumerateRunes())
            if (!Rune.IsControl(rune) || rune.Value is '\n' or '\t')
                clean.Append(rune.ToString());
        return clean.ToString().Normalize(NormalizationForm.FormC).Trim();
    }

    /// <summary>The same for a field that must not be empty.</summary>
    public static string Clean(string text, string field) =>
        Clean(text) is { Length: > 0 } clean ? clean : throw new InvalidException(field, "required");
}
