using System.Collections.Frozen;

namespace Loa.Vietnamese;

/// <summary>A table of words that anyone can extend: lines of "as written = as read" in a text file of this library.</summary>
sealed class WordList
{
    const string between = " = ";

    readonly FrozenDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> words;

    WordList(IEnumerable<KeyValuePair<string, string>> lines)
    {
        var dictionary = lines.ToFrozenDictionary(StringComparer.Ordinal);
        words = dictionary.GetAlternateLookup<ReadOnlySpan<char>>();
        LongestKey = dictionary.Keys.Max(key => key.Length);
    }

    public static WordList Abbreviations { get; } = Load(nameof(Abbreviations));
    public static WordList Units { get; } = Load(nameof(Units));
    public static WordList Letters { get; } = Load(nameof(Letters));
    public static WordList Signs { get; } = Load(nameof(Signs));
    public static WordList Contexts { get; } = Load(nameof(Contexts));

    public int LongestKey { get; }

    public string this[string key] => words.Dictionary[key];

    public bool TryFind(ReadOnlySpan<char> key, out string said) => words.TryGetValue(key, out said!);

    static WordList Load(string name)
    {
        using var stream = typeof(WordList).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        var lines = reader.ReadToEnd().Split('\n', StringSplitOptions.TrimEntries);
        return new WordList(lines.Where(line => line.Contains(between, StringComparison.Ordinal)).Select(Entry));
    }

    static KeyValuePair<string, string> Entry(string line)
    {
        var at = line.IndexOf(between, StringComparison.Ordinal);
        return new(line[..at], line[(at + between.Length)..]);
    }
}
