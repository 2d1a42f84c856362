using System.Buffers;
using System.Globalization;
using System.Text;

namespace Loa.Writing;

/// <summary>Sorts the signs of a text: those that no text may hold, and those that a reader cannot see.</summary>
static class Characters
{
    const char FirstMark = '\u0300';
    const int MostMarks = 16;

    // Embeddings, overrides and isolates turn the order of what follows; a reader then sees another text than the one stored.
    static readonly SearchValues<char> turning = SearchValues.Create(
        "\u202A\u202B\u202C\u202D\u202E\u2066\u2067\u2068\u2069"
    );

    // What Unicode lets a reader ignore, and three letters that are drawn as nothing.
    static readonly SearchValues<char> unseen = SearchValues.Create([
        '\u00AD',
        '\u034F',
        '\u061C',
        '\u115F',
        '\u1160',
        '\u17B4',
        '\u17B5',
        .. Between('\u180B', '\u180F'),
        .. Between('\u200B', '\u200F'),
        .. Between('\u2060', '\u2065'),
        .. Between('\u206A', '\u206F'),
        '\u2800',
        '\u3164',
        .. Between('\uFE00', '\uFE0F'),
        '\uFEFF',
        '\uFFA0',
        .. Between('\uFFF0', '\uFFFB'),
    ]);

    /// <summary>Control characters but those of a text in lines, halves of surrogate pairs, what is no character; turned reading order, and heaps of marks.</summary>
    public static bool HoldsForbidden(ReadOnlySpan<char> text, bool inLines) =>
        HoldsUnstorable(text, inLines) || text.ContainsAny(turning) || HoldsHeap(text);

    /// <summary>The same without turned reading order: what some database, page or terminal does not bear.</summary>
    public static bool HoldsUnstorable(ReadOnlySpan<char> text, bool inLines)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var sign = text[i];
            if (
                sign < ' '
                    ? !(inLines && (sign is '\n' or '\t' or '\r'))
                    : sign >= '\u007F' && IsUnstorable(text, ref i)
            )
                return true;
        }
        return false;
    }

    // No language has so many marks on a letter, and to put n of them in order takes n².
    static bool HoldsHeap(ReadOnlySpan<char> text)
    {
        var marks = 0;
        foreach (var sign in text.EnumerateRunes())
        {
            marks = sign.Value >= FirstMark && IsMark(sign) ? marks + 1 : 0;
            if (marks > MostMarks)
                return true;
        }
        return false;
    }

    static bool IsMark(Rune sign) =>
        Rune.GetUnicodeCategory(sign)
            is UnicodeCategory.NonSpacingMark
                or UnicodeCategory.SpacingCombiningMark
                or UnicodeCategory.EnclosingMark;

    static bool IsUnstorable(ReadOnlySpan<char> text, ref int place)
    {
        var sign = text[place];
        if (!char.IsSurrogate(sign))
            return char.IsControl(sign)
                || sign is '\u2028' or '\u2029' or '\uFFFE' or '\uFFFF' or (>= '\uFDD0' and <= '\uFDEF');
        if (!char.IsHighSurrogate(sign) || ++place == text.Length || !char.IsLowSurrogate(text[place]))
            return true;
        return (char.ConvertToUtf32(sign, text[place]) & 0xFFFE) == 0xFFFE;
    }

    public static bool HoldsUnseen(ReadOnlySpan<char> text) =>
        text.ContainsAny(unseen) || text.IndexOfAnyInRange('\uD800', '\uDFFF') >= 0 && Seen(text).Length < text.Length;

    /// <summary>The text without what cannot be seen.</summary>
    public static string Seen(ReadOnlySpan<char> text)
    {
        var seen = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            if (!IsUnseen(rune))
                seen.Append(rune.ToString());
        return seen.ToString();
    }

    /// <summary>
    /// Every kind of blank as the one of the keyboard, and only one at a time; letters of full width, and those that look like đ, as the
    /// letters they are read as.
    /// </summary>
    public static string OneForm(string text)
    {
        var single = new StringBuilder(text.Length);
        foreach (var sign in text)
        {
            var blank = char.GetUnicodeCategory(sign) == UnicodeCategory.SpaceSeparator;
            if (!blank || (single.Length > 0 && single[^1] != ' '))
                single.Append(blank ? ' ' : AsRead(sign));
        }
        return single.ToString();
    }

    static char AsRead(char sign) =>
        sign switch
        {
            'Ð' or 'Ɖ' => 'Đ',
            'ð' or 'ɖ' => 'đ',
            _ => NarrowLetter.Of(sign),
        };

    /// <summary>The text with a mark in the place of each sign that cannot be kept.</summary>
    public static string Marked(ReadOnlySpan<char> text)
    {
        var marked = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            var sign = rune.ToString();
            marked.Append(HoldsUnstorable(sign, inLines: true) ? "\uFFFD" : sign);
        }
        return marked.ToString();
    }

    static bool IsUnseen(Rune rune) =>
        rune.IsBmp
            ? unseen.Contains((char)rune.Value)
            : rune.Value is (>= 0xE0000 and <= 0xE0FFF) or (>= 0x1D173 and <= 0x1D17A);

    static IEnumerable<char> Between(char first, char last) =>
        Enumerable.Range(first, last - first + 1).Select(sign => (char)sign);
}
