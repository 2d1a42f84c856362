using System.Globalization;
using System.Text;
using Loa.Writing;

namespace Loa.Vietnamese;

/// <summary>
/// The key by which names stand in a list: letters in the order of the Vietnamese alphabet (a ă â b … d đ e ê …), then tones, and
/// numbers by their value, "Ấp 2" before "Ấp 10". Compared sign by sign it gives the same order in every database.
/// </summary>
public static class SortKey
{
    const int Longest = 200;

    // Below every sign of the letters, so that a shorter name comes first.
    const char ThenTones = ' ';
    const char Apart = '!';

    // The number of digits goes before them; a letter, so that it has one place.
    const char DigitsBegin = '@';

    public static string Of(string text)
    {
        var letters = new StringBuilder(text.Length * 2);
        var tones = new StringBuilder(text.Length);
        var composed = text.Length <= Longest ? text : text[..Longest];
        var taken = Plain(composed).Normalize(NormalizationForm.FormD);
        for (var i = 0; i < taken.Length; i++)
        {
            var sign = taken[i];
            if (char.IsAsciiDigit(sign))
                i += Number(taken.AsSpan(i), letters) - 1;
            else if (char.IsLetter(sign))
                i += Letter(taken.AsSpan(i), letters, tones) - 1;
            else if (letters.Length > 0 && letters[^1] != Apart)
                letters.Append(Apart);
        }
        while (letters.Length > 0 && letters[^1] == Apart)
            letters.Length--;
        return letters.Append(ThenTones).Append(tones.ToString().TrimEnd('0')).ToString();
    }

    static int Number(ReadOnlySpan<char> text, StringBuilder letters)
    {
        var end = text.IndexOfAnyExceptInRange('0', '9');
        var digits = end < 0 ? text : text[..end];
        var value = digits.TrimStart('0');
        letters.Append('0').Append((char)(DigitsBegin + Math.Min(value.Length, '~' - DigitsBegin))).Append(value);
        return digits.Length;
    }

    static int Letter(ReadOnlySpan<char> text, StringBuilder letters, StringBuilder tones)
    {
        var (place, tone, length) = ('1', '0', 1);
        while (
            length < text.Length && CharUnicodeInfo.GetUnicodeCategory(text[length]) == UnicodeCategory.NonSpacingMark
        )
            switch (text[length++])
            {
                case '\u0306' or '\u0302' when place == '1':
                    place = text[length - 1] == '\u0306' ? '2' : '3';
                    break;
                case '\u031B':
                    place = '4';
                    break;
                case '\u0300':
                    tone = '1';
                    break;
                case '\u0309':
                    tone = '2';
                    break;
                case '\u0303':
                    tone = '3';
                    break;
                case '\u0301':
                    tone = '4';
                    break;
                case '\u0323':
                    tone = '5';
                    break;
            }
        var letter = char.ToLowerInvariant(text[0]);
        if (letter is 'đ')
            (letter, place) = ('d', '2');
        letters.Append(letter).Append(place);
        tones.Append(tone);
        return length;
    }

    static string Plain(string text) => Line.TryRead(text, out var line) ? line : Prose.Storable(text);
}
