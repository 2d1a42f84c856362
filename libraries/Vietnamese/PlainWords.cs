namespace Loa.Vietnamese;

/// <summary>Reads words as they are, capitals as words or acronyms, and single letters by name.</summary>
static class PlainWords
{
    // Beyond these no Vietnamese voice knows a letter.
    const char lastLatin = '\u024F';
    const char firstVietnamese = '\u1E00';
    const char lastVietnamese = '\u1EFF';

    public static bool Read(Scan scan, Speech speech)
    {
        var length = Word(scan);
        if (length == 0)
            return false;
        if (ReadUnit(scan, speech))
            return true;
        if (!IsLatin(scan.Peek(0, length)))
            return ReadForeign(scan, speech, length);
        // R'lấp and S'tiêng are one word.
        if (scan[length] is '\'' && char.IsLetter(scan[length + 1]))
            length += 1 + scan.Letters(length + 1);
        var word = scan.Take(length);
        // "chỉ số BI" is no word.
        if (Acronym.AllCapitals(word) && word.Length is 2 or 3 && speech.EndsWith("chỉ số"))
            speech.Letters(word, Acronym.Spell(word));
        else if (Said(scan, word, out var spelled) is var said && spelled)
            speech.Letters(word, said);
        else
            speech.Word(word, said);
        return true;
    }

    // "tính bằng km2": a unit that cannot be a word needs no number before it.
    static bool ReadUnit(Scan scan, Speech speech)
    {
        if (!char.IsLower(scan[0]) || !scan.Edge(-1))
            return false;
        var length = Units.Find(scan, 0, out var said);
        if (length < 2 || Syllable.IsPossible(scan.Peek(0, length)))
            return false;
        speech.Word(scan.Take(length), said);
        Units.ReadRate(scan, speech);
        return true;
    }

    // "xãLộc An": a blank was forgotten, where it cannot be a name of its own.
    static int Word(Scan scan)
    {
        var length = scan.Letters();
        for (var i = 1; i < length; i++)
        {
            if (char.IsUpper(scan[i]) && char.IsLower(scan[i - 1]) && !Acronym.CanBe(scan.Peek(0, i)))
                return i;
        }
        return length;
    }

    static bool ReadForeign(Scan scan, Speech speech, int length)
    {
        var word = scan.Take(length);
        if (length == 1 && WordList.Letters.TryFind(word, out var name))
            speech.Word(word, name);
        else
            speech.Unsaid(word);
        return true;
    }

    static bool IsLatin(ReadOnlySpan<char> word)
    {
        foreach (var letter in word)
        {
            if (letter is > lastLatin and not (>= firstVietnamese and <= lastVietnamese))
                return false;
        }
        return true;
    }

    static string Said(Scan scan, ReadOnlySpan<char> word, out bool spelled)
    {
        spelled = false;
        if (word.Length == 1)
        {
            spelled = char.IsUpper(word[0]);
            return IsName(word[0]) ? Acronym.Spell(word) : word.ToString();
        }
        if (WordList.Respelled.TryFind(word, out var known))
            return known;
        if (!Acronym.AllCapitals(word))
            return Acronym.IsSpelled(word) && !char.IsUpper(word[0]) ? Acronym.Spell(word) : word.ToString();
        // H5N1: letters that belong to a number are spelled, even where they could be a word.
        spelled = word.Length <= 3 && char.IsAsciiDigit(scan[0]) || Acronym.IsSpelled(word);
        return spelled ? Acronym.Spell(word) : word.ToString().ToLowerInvariant();
    }

    static bool IsName(char letter) =>
        char.IsUpper(letter) && !"AĂÂEÊIOÔƠUƯY".Contains(letter, StringComparison.Ordinal);
}
