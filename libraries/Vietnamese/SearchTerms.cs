namespace Loa.Vietnamese;

/// <summary>
/// What somebody typed to find a thing, as pieces that stand in a text between blanks: each word at the beginning of a word,
/// a short number as a whole, and after the word for a hamlet right behind it ("ap 2" is not Ấp 1 of the second speaker).
/// </summary>
public sealed class SearchTerms
{
    // So many words that a search would never end are not a search.
    const int Most = 8;

    // From here on a number is a piece of a serial, which people read off its end.
    const int LongNumber = 3;

    static readonly HashSet<string> hamlets = new(StringComparer.Ordinal)
    {
        "ap",
        "pho",
        "thon",
        "to",
        "khom",
        "xom",
        "ban",
        "buon",
        "soc",
    };

    SearchTerms(IReadOnlyList<string> pieces, string? ofSerial) => (Pieces, OfSerial) = (pieces, ofSerial);

    /// <summary>Each is to be found in a folded text that begins and ends with a blank.</summary>
    public IReadOnlyList<string> Pieces { get; }

    /// <summary>The first number that a serial may hold too; null when there is none.</summary>
    public string? OfSerial { get; }

    public bool IsNothing => Pieces.Count == 0;

    public static SearchTerms Of(string? typed)
    {
        string[] words =
        [
            .. Folding.Fold(typed ?? "").Split([' ', ','], StringSplitOptions.RemoveEmptyEntries).Take(Most),
        ];
        var pieces = new List<string>();
        foreach (var (i, word) in words.Index())
            if (!word.All(char.IsAsciiDigit))
                pieces.Add($" {word}");
            else if (word.Length >= LongNumber)
                pieces.Add(word);
            else if (i > 0 && hamlets.Contains(words[i - 1]))
                pieces[^1] = $" {words[i - 1]} {word} ";
            else
                pieces.Add($" {word} ");
        return new(pieces, words.FirstOrDefault(w => w.Length >= LongNumber && w.All(char.IsAsciiDigit)));
    }

    /// <summary>Whether a text that is not folded yet holds them all.</summary>
    public bool AreIn(string text) => Pieces.Count == CountIn(text);

    /// <summary>How many of them a text holds.</summary>
    public int CountIn(string text)
    {
        var folded = $" {Folding.Fold(text).Replace(',', ' ')} ";
        return Pieces.Count(p => folded.Contains(p, StringComparison.Ordinal));
    }
}
