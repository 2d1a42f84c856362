using System.Buffers;
using System.Globalization;
using System.Text;
using Loa.Writing;

namespace Loa.Vietnamese;

/// <summary>Makes the key under which a text is found by someone who types without marks: "Đồng Xoài" → "dong xoai".</summary>
public static class Folding
{
    const int tableEnd = 0x1F00;
    const char dropped = '\0';
    static readonly char[] table = Table();

    public static string Fold(string text)
    {
        var room = ArrayPool<char>.Shared.Rent(text.Length);
        try
        {
            var key = room.AsSpan(0, Fold(text, room));
            return key.SequenceEqual(text) ? text : new string(key);
        }
        finally
        {
            ArrayPool<char>.Shared.Return(room);
        }
    }

    /// <summary>Writes the key, which is never longer than the text, and returns its length.</summary>
    public static int Fold(ReadOnlySpan<char> text, Span<char> key)
    {
        var length = 0;
        var apart = false;
        foreach (var letter in text)
        {
            if (char.IsWhiteSpace(letter))
            {
                apart = length > 0;
                continue;
            }
            var plain = letter < tableEnd ? table[letter] : Plain(NarrowLetter.Of(letter));
            if (plain == dropped)
                continue;
            if (apart)
                key[length++] = ' ';
            key[length++] = plain;
            apart = false;
        }
        return length;
    }

    static char[] Table()
    {
        var plain = new char[tableEnd];
        for (var letter = (char)0; letter < tableEnd; letter++)
            plain[letter] = Decomposed(letter);
        // Also the letters that look like it, which other keyboards and old documents have in its place.
        plain['đ'] = plain['Đ'] = plain['Ð'] = plain['ð'] = plain['Ɖ'] = plain['ɖ'] = 'd';
        return plain;
    }

    // A letter that is written with marks begins, taken apart, with the letter itself.
    static char Decomposed(char letter)
    {
        var first = letter < 0x80 ? letter : letter.ToString().Normalize(NormalizationForm.FormD)[0];
        return Plain(first);
    }

    static char Plain(char letter) =>
        CharUnicodeInfo.GetUnicodeCategory(letter)
            is UnicodeCategory.NonSpacingMark
                or UnicodeCategory.Format
                or UnicodeCategory.Control
            ? dropped
            : char.ToLowerInvariant(letter);
}
