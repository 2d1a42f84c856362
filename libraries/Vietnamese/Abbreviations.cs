namespace Loa.Vietnamese;

/// <summary>Reads the abbreviations that are in the list; of several that fit, the longest.</summary>
static class Abbreviations
{
    const int longestSmall = 10;

    public static bool Read(Scan scan, Speech speech)
    {
        if (!char.IsLetterOrDigit(scan[0]) || !scan.Edge(-1))
            return false;
        if (InCode(scan) && ReadFrom(WordList.Documents, scan, speech, 1))
            return true;
        // KH&CN is no KH.
        return ReadFrom(WordList.Abbreviations, scan, speech, scan.Letters() + 1)
            || Meanings.Read(scan, speech)
            || ReadFrom(WordList.Abbreviations, scan, speech, 1)
            || ReadSmall(scan, speech);
    }

    static bool ReadFrom(WordList list, Scan scan, Speech speech, int least)
    {
        var longest = scan.Peek(0, list.LongestKey);
        var blank = longest.IndexOfAny(' ', '\n', '\t');
        for (var length = blank < 0 ? longest.Length : blank; length >= least; length--)
        {
            var key = longest[..length];
            if (!list.TryFind(key, out var said) || !Ends(scan, key))
                continue;
            speech.Word(key, said);
            scan.Skip(length);
            return true;
        }
        return least == 1 && ReadNumbered(list, scan, speech);
    }

    static bool Ends(Scan scan, ReadOnlySpan<char> key)
    {
        if (key[^1] != '.')
            return scan.Edge(key.Length) || !char.IsLetterOrDigit(key[^1]);
        var next = scan[scan.Past(key.Length)];
        return char.IsLower(key[0]) || char.IsUpper(next) || char.IsAsciiDigit(next);
    }

    // QH15: the number belongs to it.
    static bool ReadNumbered(WordList list, Scan scan, Speech speech)
    {
        var letters = scan.Letters();
        if (letters is 0 or > 6 || !char.IsAsciiDigit(scan[letters]))
            return false;
        // KHTN9: so many letters are an abbreviation whatever follows.
        if (
            !list.TryFind($"{scan.Peek(0, letters)}#", out var said)
            && !(
                letters >= 4
                && scan.Digits(letters) <= 2
                && list.TryFind(scan.Peek(0, letters), out said)
                && char.IsLower(said[0])
            )
        )
            return false;
        speech.Word(scan.Take(letters), said);
        return true;
    }

    // ubnd, Thpt: many write small what cannot be a word.
    static bool ReadSmall(Scan scan, Speech speech)
    {
        var letters = scan.Letters();
        if (letters > longestSmall || !scan.Edge(letters))
            return false;
        var word = scan.Peek(0, letters);
        Span<char> large = stackalloc char[letters];
        if (
            !Acronym.CanBe(word)
            || word.ToUpperInvariant(large) < letters
            || !WordList.Abbreviations.TryFind(large, out var said)
        )
            return false;
        if (!Acronym.IsSmall(word))
            return false;
        speech.Word(scan.Take(letters), said);
        return true;
    }

    // The letters of a document's number: 45/2026/QĐ-UBND, 57-NQ/TW.
    static bool InCode(Scan scan)
    {
        if (scan[-1] is not ('/' or '-' or '&') || !char.IsUpper(scan[0]))
            return false;
        var back = scan.Back(letter => char.IsLetter(letter) || letter is '/' or '-' or '&' or '.');
        return char.IsAsciiDigit(scan[-1 - back]) && scan[-back] is '/' or '-';
    }
}
