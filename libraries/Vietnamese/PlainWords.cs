namespace Loa.Vietnamese;

/// <summary>Reads words as they are, capitals as words or acronyms, and single letters by name.</summary>
static class PlainWords
{
    public static bool Read(Scan scan, Speech speech)
    {
        var length = scan.Run(0, letter => char.IsLetter(letter) || char.IsSurrogate(letter));
        if (length == 0 || !char.IsLetter(scan[0]))
            return false;
        if (ReadUnit(scan, speech))
            return true;
        // R'lấp and S'tiêng are one word.
        if (scan[length] is '\'' or '’' && char.IsLetter(scan[length + 1]))
            length += 1 + scan.Letters(length + 1);
        var word = scan.Take(length);
        speech.Word(word, Said(scan, word));
        return true;
    }

    // "tính bằng km2": a unit that cannot be a word needs no number before it.
    static bool ReadUnit(Scan scan, Speech speech)
    {
        if (!char.IsLower(scan[0]) || !scan.Edge(-1))
            return false;
        var length = Figures.Unit(scan, 0, out var said);
        if (length < 2 || Syllable.IsPossible(scan.Peek(0, length)))
            return false;
        speech.Word(scan.Take(length), said);
        return true;
    }

    static string Said(Scan scan, ReadOnlySpan<char> word)
    {
        if (word.Length == 1)
            return IsName(word[0]) ? Acronym.Spell(word) : word.ToString();
        if (!Acronym.AllCapitals(word))
            return word.ToString();
        // H5N1: letters that belong to a number are spelled, even where they could be a word.
        var code = word.Length <= 3 && char.IsAsciiDigit(scan[0]);
        return code || Acronym.IsSpelled(word) ? Acronym.Spell(word) : word.ToString().ToLowerInvariant();
    }

    static bool IsName(char letter) =>
        char.IsUpper(letter) && !"AĂÂEÊIOÔƠUƯY".Contains(letter, StringComparison.Ordinal);
}
