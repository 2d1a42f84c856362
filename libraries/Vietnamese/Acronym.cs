using System.Buffers;
using System.Text;

namespace Loa.Vietnamese;

/// <summary>Tells acronyms from words that are written large, and spells them.</summary>
static class Acronym
{
    // What is longer is a name in capitals that happens not to be Vietnamese.
    const int longest = 7;

    static readonly SearchValues<char> vowels = SearchValues.Create("aeiouyưAEIOUYƯ");

    /// <summary>Whether these letters cannot be said as a word.</summary>
    public static bool IsSpelled(ReadOnlySpan<char> word) =>
        CanBe(word) && !Syllable.IsPossible(word) && (!HasVowel(word) || (AllCapitals(word) && word.Length <= longest));

    public static bool AllCapitals(ReadOnlySpan<char> word)
    {
        foreach (var letter in word)
        {
            if (!char.IsUpper(letter))
                return false;
        }
        return word.Length > 0;
    }

    /// <summary>Whether this may be an acronym that somebody wrote small: it can be no word.</summary>
    public static bool IsSmall(ReadOnlySpan<char> word) =>
        CanBe(word) && !AllCapitals(word) && !Syllable.IsPossible(word);

    /// <summary>The same in capitals.</summary>
    public static string Large(string word) => word.ToUpperInvariant();

    public static string Spell(ReadOnlySpan<char> word)
    {
        var said = new StringBuilder();
        Span<char> capital = stackalloc char[1];
        foreach (var letter in word)
        {
            capital[0] = char.ToUpperInvariant(letter);
            said.Append(said.Length > 0 ? " " : "");
            if (char.IsAsciiDigit(letter))
                said.Append(Numerals.Digits(capital));
            else if (WordList.Letters.TryFind(capital, out var name))
                said.Append(name);
            else
                said.Append(letter);
        }
        return said.ToString();
    }

    /// <summary>Nobody abbreviates with tones; Đ and Ư are letters like others.</summary>
    public static bool CanBe(ReadOnlySpan<char> word)
    {
        foreach (var letter in word)
        {
            if (letter > 0x7F && letter is not ('Đ' or 'đ' or 'Ư' or 'ư'))
                return false;
        }
        return true;
    }

    static bool HasVowel(ReadOnlySpan<char> word) => word.ContainsAny(vowels);
}
