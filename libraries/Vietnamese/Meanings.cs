using System.Collections.Frozen;

namespace Loa.Vietnamese;

/// <summary>Reads the abbreviations that mean one thing here and another there, by what stands beside them.</summary>
static class Meanings
{
    const int longest = 6;

    static readonly FrozenDictionary<string, Meaning[]> all = WordList
        .Lines(nameof(Meanings))
        .Select(line => Meaning.Parse(line.Key, line.Value))
        .GroupBy(meaning => meaning.Word)
        .ToFrozenDictionary(same => same.Key, same => same.ToArray());

    public static bool Read(Scan scan, Speech speech)
    {
        if (!char.IsLetter(scan[0]) || char.IsLetterOrDigit(scan[-1]))
            return false;
        var letters = scan[1] == '/' && char.IsLetter(scan[2]) ? 3 : scan.Letters();
        if (letters > longest)
            return false;
        var written = scan.Peek(0, letters).ToString();
        if (letters == 3 && written[1] == '/')
            written = written.ToLowerInvariant();
        if (
            !all.TryGetValue(written, out var meanings)
            && !(Acronym.IsSmall(written) && all.TryGetValue(Acronym.Large(written), out meanings))
        )
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
}
