namespace Loa.Vietnamese;

/// <summary>Reads the abbreviations that are in the list; of several that fit, the longest.</summary>
static class Abbreviations
{
    public static bool Read(Scan scan, Speech speech)
    {
        if (!char.IsLetterOrDigit(scan[0]) || !scan.Edge(-1))
            return false;
        var longest = scan.Peek(0, WordList.Abbreviations.LongestKey);
        var blank = longest.IndexOfAny(' ', '\n');
        for (var length = blank < 0 ? longest.Length : blank; length > 0; length--)
        {
            var key = longest[..length];
            if (!WordList.Abbreviations.TryFind(key, out var said) || !Ends(scan, key))
                continue;
            speech.Word(key, said);
            scan.Skip(length);
            return true;
        }
        return ReadNumbered(scan, speech);
    }

    static bool Ends(Scan scan, ReadOnlySpan<char> key)
    {
        if (key[^1] != '.')
            return scan.Edge(key.Length) || !char.IsLetterOrDigit(key[^1]);
        var next = scan[scan[key.Length] == ' ' ? key.Length + 1 : key.Length];
        return char.IsLower(key[0]) || char.IsUpper(next) || char.IsAsciiDigit(next);
    }

    static bool ReadNumbered(Scan scan, Speech speech)
    {
        var letters = scan.Letters();
        if (letters is 0 or > 5 || !char.IsAsciiDigit(scan[letters]))
            return false;
        if (!WordList.Abbreviations.TryFind($"{scan.Peek(0, letters)}#", out var said))
            return false;
        speech.Word(scan.Take(letters), said);
        return true;
    }
}
