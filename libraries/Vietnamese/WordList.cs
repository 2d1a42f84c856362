using System.Collections.Frozen;

namespace Loa.Vietnamese;

/// <summary>A table of words that anyone can extend: lines of "as written = as read" in a text file of this library.</summary>
sealed class WordList
{
    const string between = " = ";

    readonly FrozenDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> words;

    WordList(string name, StringComparer comparer)
    {
        var dictionary = Lines(name).DistinctBy(line => line.Key, comparer).ToFrozenDictionary(comparer);
        words = dictionary.GetAlternateLookup<ReadOnlySpan<char>>();
        LongestKey = dictionary.Keys.Max(key => key.Length);
    }

    public static WordList Abbreviations { get; } = new(nameof(Abbreviations), StringComparer.Ordinal);
    public static WordList Documents { get; } = new(nameof(Documents), StringComparer.Ordinal);
    public static WordList Units { get; } = new(nameof(Units), StringComparer.Ordinal);
    public static WordList AnyCaseUnits { get; } = new(nameof(Units), StringComparer.OrdinalIgnoreCase);
    public static WordList Forms { get; } = new(nameof(Forms), StringComparer.Ordinal);
    public static WordList Letters { get; } = new(nameof(Letters), StringComparer.Ordinal);
    public static WordList Signs { get; } = new(nameof(Signs), StringComparer.Ordinal);
    public static WordList Contexts { get; } = new(nameof(Contexts), StringComparer.Ordinal);

    /// <summary>Words that the voice would read by the rules of another language.</summary>
    public static WordList Respelled { get; } = new(nameof(Respelled), StringComparer.OrdinalIgnoreCase);

    public int LongestKey { get; }

    public IEnumerable<string> Keys => words.Dictionary.Keys;

    public string this[string key] => words.Dictionary[key];

    public bool TryFind(ReadOnlySpan<char> key, out string said) => words.TryGetValue(key, out said!);

    public static IEnumerable<KeyValuePair<string, string>> Lines(string name)
    {
        using var stream = typeof(WordList).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        var lines = reader.ReadToEnd().Split('\n');
        return
        [
            .. lines
                .Where(line =>
                    !line.StartsWith("# ", StringComparison.Ordinal) && line.Contains(between, StringComparison.Ordinal)
                )
                .Select(Entry),
        ];
    }

    static KeyValuePair<string, string> Entry(string line)
    {
        var at = line.IndexOf(between, StringComparison.Ordinal);
        return new(line[..at].Trim(), line[(at + between.Length)..].Trim());
    }
}
