using System.Buffers;
using System.Globalization;
using System.Text;
using Loa.Writing;

namespace Loa.Vietnamese;

/// <summary>
/// Brings a text to one form before any rule looks at it: one blank, one hyphen, one stroke, the letters of a keyboard for those
/// that look like them, nothing that cannot be seen.
/// </summary>
static class Cleaning
{
    // No language has more on a letter, and to put n of them in order takes n².
    const int mostMarks = 4;

    static readonly SearchValues<char> ours = SearchValues.Create("àáâãèéêìíòóôõùúýăđĩũơưÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝĂĐĨŨƠƯ");

    public static string Of(string text)
    {
        var page = WebMarks.Without(text);
        var clean = new StringBuilder(page.Length);
        var marks = 0;
        foreach (var rune in Prose.Seen(page).EnumerateRunes())
        {
            marks = Rune.GetUnicodeCategory(rune) == UnicodeCategory.NonSpacingMark ? marks + 1 : 0;
            if (marks <= mostMarks && rune != Rune.ReplacementChar)
                Add(clean, rune);
        }
        return Misread.Mend(Evened(Closed(clean.ToString().Normalize(NormalizationForm.FormKC))));
    }

    static void Add(StringBuilder clean, Rune rune)
    {
        var sign = rune.ToString();
        if (rune.IsAscii && rune.Value >= ' ')
            clean.Append(sign);
        else if (WordList.Forms.TryFind(sign, out var form))
            clean.Append(form);
        else
            clean.Append(
                Rune.GetUnicodeCategory(rune) switch
                {
                    UnicodeCategory.Control => rune.Value is '\t' ? "\t" : LineEnd(rune.Value),
                    UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => "\n",
                    UnicodeCategory.SpaceSeparator => " ",
                    UnicodeCategory.DecimalDigitNumber => $"{(int)Rune.GetNumericValue(rune)}",
                    UnicodeCategory.OtherNumber => Number(clean, sign),
                    UnicodeCategory.Format
                    or UnicodeCategory.EnclosingMark
                    or UnicodeCategory.PrivateUse
                    or UnicodeCategory.OtherNotAssigned => "",
                    _ => Plain(rune, sign),
                }
            );
    }

    // ü and ñ are no letters of the voice; without their marks they are.
    static string Plain(Rune rune, string sign) =>
        rune.Value is >= 0x1F150 and <= 0x1F169 ? $"{(char)('A' + rune.Value - 0x1F150)}"
        : rune.Value is >= 0x1F170 and <= 0x1F189 ? $"{(char)('A' + rune.Value - 0x1F170)}"
        : rune.Value is >= 0xC0 and <= 0x24F && !ours.Contains((char)rune.Value)
            ? $"{sign.Normalize(NormalizationForm.FormD)[0]}"
        : sign;

    static string LineEnd(int control) => control is '\n' or '\r' or '\v' or '\f' or 0x85 ? "\n" : "";

    // 1½, 10², ① and m² are one sign each, but said as more than their figure, or as nothing else.
    static string Number(StringBuilder clean, string sign)
    {
        var plain = sign.Normalize(NormalizationForm.FormKC);
        // ➊ is no other way to write 1, but its number.
        if (
            plain == sign
            && Rune.GetNumericValue(Rune.GetRuneAt(sign, 0)) is >= 0 and <= 100 and var number
            && number % 1 == 0
        )
            return $"{number:0} ";
        var afterDigit = clean.Length > 0 && char.IsAsciiDigit(clean[^1]);
        if (plain.Contains(Fractions.Bar, StringComparison.Ordinal))
            return afterDigit ? $" và {plain}" : plain;
        if (
            plain.Length > 1
            || !char.IsAsciiDigit(plain[0])
            || Rune.GetRuneAt(sign, 0).Value is >= 0x2080 and <= 0x2089
        )
            return plain;
        if (Rune.GetRuneAt(sign, 0).Value is < 0x100 or (>= 0x2070 and <= 0x2079))
            return afterDigit ? $" mũ {plain}" : plain;
        return $"{plain} ";
    }

    // T H Ô N G   B Á O: letters apart are words when wider blanks part the words.
    static string Closed(string text)
    {
        if (!text.Contains("  ", StringComparison.Ordinal))
            return text;
        var closed = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length; )
        {
            var end = at;
            while (IsApart(text, end))
                end += 2;
            for (; at < end; at += 2)
                closed.Append(text[at]);
            closed.Append(text[at++]);
        }
        return closed.ToString();
    }

    // A capital, one blank, another capital, and no letter beside them.
    static bool IsApart(string text, int at) =>
        at + 2 < text.Length
        && char.IsUpper(text[at])
        && text[at + 1] == ' '
        && char.IsUpper(text[at + 2])
        && (at == 0 || !char.IsLetterOrDigit(text[at - 1]))
        && (at + 3 == text.Length || !char.IsLetterOrDigit(text[at + 3]));

    // One blank between words; a tab, which parts the cells of a table, outweighs it.
    static string Evened(string text)
    {
        var even = new StringBuilder(text.Length);
        foreach (var letter in text)
        {
            var last = even.Length > 0 ? even[^1] : '\n';
            if (letter is not (' ' or '\t'))
                even.Append(letter);
            else if (last is not (' ' or '\t' or '\n'))
                even.Append(letter);
            else if (letter == '\t' && last == ' ')
                even[^1] = '\t';
        }
        return even.Replace("->", "→").Replace("=>", "→").Replace("<=", "≤").Replace(">=", "≥").ToString();
    }
}
