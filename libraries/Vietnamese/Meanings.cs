using System.Collections.Frozen;

namespace Loa.Vietnamese;

/// <summary>Reads the abbreviations that mean one thing here and another there, by what stands beside them.</summary>
static class Meanings
{
    const int longest = 6;

    static readonly FrozenDictionary<string, Meaning[]>.AlternateLookup<ReadOnlySpan<char>> all = WordList
        .Lines(nameof(Meanings))
        .Select(line => Meaning.Parse(line.Key, line.Value))
        .GroupBy(meaning => meaning.Word)
        .ToFrozenDictionary(same => same.Key, same => same.ToArray())
        .GetAlternateLookup<ReadOnlySpan<char>>();

    public static bool Read(Scan scan, Speech speech)
    {
        if (!char.IsLetter(scan[0]) || char.IsLetterOrDigit(scan[-1]))
            return false;
        var letters = scan[1] == '/' && char.IsLetter(scan[2]) ? 3 : scan.Letters();
        if (letters > longest)
            return false;
        if (Find(scan.Peek(0, letters)) is not { } meanings)
            return false;
        foreach (var meaning in meanings)
        {
            if (!meaning.Fits(scan, speech, letters, out var length))
                continue;
            speech.Word(scan.Take(letters), meaning.Said);
            scan.Skip(length - letters);
            return true;
        }
        return false;
    }

    // đ/c and Đ/C, UBND and ubnd.
    static Meaning[]? Find(ReadOnlySpan<char> written)
    {
        if (all.TryGetValue(written, out var meanings))
            return meanings;
        Span<char> other = stackalloc char[written.Length];
        if (written.Contains('/'))
            written.ToLowerInvariant(other);
        else if (!char.IsLower(written[^1]) || !Acronym.CanBe(written))
            return null;
        else
            written.ToUpperInvariant(other);
        return all.TryGetValue(other, out meanings) && !Syllable.IsPossible(written) ? meanings : null;
    }
}
