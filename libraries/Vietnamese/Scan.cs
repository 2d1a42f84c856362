namespace Loa.Vietnamese;

/// <summary>A place in a text that is being read, with what lies around it.</summary>
sealed class Scan(string text)
{
    // Nothing that has a meaning is longer; what is longer is read piece by piece.
    const int longestRun = 64;

    public int At { get; private set; }
    public bool Ended => At >= text.Length;

    /// <summary>The letter so far ahead (or behind), or nothing beyond the text.</summary>
    public char this[int ahead] => (uint)(At + ahead) < (uint)text.Length ? text[At + ahead] : '\0';

    public void Skip(int letters) => At += letters;

    public ReadOnlySpan<char> Take(int letters)
    {
        var taken = Peek(0, letters);
        At += taken.Length;
        return taken;
    }

    public ReadOnlySpan<char> Peek(int from, int letters) =>
        text.AsSpan(Math.Min(At + from, text.Length), Math.Clamp(text.Length - At - from, 0, letters));

    /// <summary>How many digits stand there.</summary>
    public int Digits(int from = 0) => Run(from, char.IsAsciiDigit);

    /// <summary>How many letters stand there.</summary>
    public int Letters(int from = 0) => Run(from, char.IsLetter);

    public int Run(int from, Func<char, bool> belongs)
    {
        var length = 0;
        while (length < longestRun && belongs(this[from + length]))
            length++;
        return length;
    }

    /// <summary>How many letters back that belong.</summary>
    public int Back(Func<char, bool> belongs)
    {
        var length = 0;
        while (length < longestRun && belongs(this[-1 - length]))
            length++;
        return length;
    }

    /// <summary>The number that a few digits make.</summary>
    public int Number(int from, int digits)
    {
        var number = 0;
        for (var i = 0; i < Math.Min(digits, 9); i++)
            number = number * 10 + (this[from + i] - '0');
        return number;
    }

    /// <summary>Whether a word could end before this letter.</summary>
    public bool Edge(int at) => !char.IsLetterOrDigit(this[at]);

    /// <summary>Whether a number can begin here: also right after a word, as in "ngày15/7".</summary>
    public bool NumberBegins => char.IsAsciiDigit(this[0]) && (Edge(-1) || char.IsLower(this[-1]));

    /// <summary>Whether only blanks stand before on this line.</summary>
    public bool LineBegins => this[-1] is '\n' or '\0';

    /// <summary>Where the next word or number begins, after a blank or none.</summary>
    public int Past(int from) => this[from] == ' ' ? from + 1 : from;

    /// <summary>The word that comes after some place, in lower case.</summary>
    public string WordAfter(int from)
    {
        from = Past(from);
        return Peek(from, Letters(from)).ToString().ToLowerInvariant();
    }

    /// <summary>The same, unless it is a name: "2-0 Đồng Nai" is no money.</summary>
    public string NounAfter(int from) =>
        char.IsUpper(this[Past(from)]) && char.IsLower(this[Past(from) + 1]) ? "" : WordAfter(from);

    /// <summary>Whether this text stands there as a word of its own, large or small.</summary>
    public bool Stands(int from, ReadOnlySpan<char> word) =>
        Peek(from, word.Length).Equals(word, StringComparison.OrdinalIgnoreCase) && Edge(from + word.Length);
}
