namespace Loa.Vietnamese;

/// <summary>Takes a text, written out for reading, apart where a reader pauses; no word of it is lost.</summary>
public static class Sentences
{
    /// <summary>What has fewer words is said with its neighbour: "Alo. Alo."</summary>
    public const int LeastWords = 3;

    /// <summary>What has more is cut at a comma, so that nobody waits long for the first sound.</summary>
    public const int MostWords = 60;

    // No word of a language; whatever it is, it is not read in one go.
    const int longestWord = 100;

    static readonly TimeSpan breath = TimeSpan.FromMilliseconds(260);
    static readonly TimeSpan stop = TimeSpan.FromMilliseconds(400);
    static readonly TimeSpan paragraph = TimeSpan.FromMilliseconds(800);

    public static IReadOnlyList<Sentence> Of(string spoken)
    {
        var all = new List<Sentence>();
        foreach (var line in spoken.Split('\n'))
        {
            var sentences = Together(Apart(line)).SelectMany(Breaths).ToList();
            if (sentences.Count > 0)
                all.AddRange([.. sentences[..^1], sentences[^1] with { Pause = paragraph }]);
        }
        if (all.Count > 0)
            all[^1] = all[^1] with { Pause = TimeSpan.Zero };
        return all;
    }

    static IEnumerable<List<string>> Apart(string line)
    {
        var sentence = new List<string>();
        foreach (var word in line.Split(' ', StringSplitOptions.RemoveEmptyEntries).SelectMany(Pieces))
        {
            sentence.Add(word);
            if (word[^1] is not ('.' or '!' or '?'))
                continue;
            yield return sentence;
            sentence = [];
        }
        if (sentence.Count > 0)
            yield return sentence;
    }

    static IEnumerable<string> Pieces(string word) => word.Chunk(longestWord).Select(letters => new string(letters));

    static List<List<string>> Together(IEnumerable<List<string>> sentences)
    {
        var all = new List<List<string>>();
        foreach (var sentence in sentences)
        {
            if (all.Count > 0 && (all[^1].Count < LeastWords || sentence.Count < LeastWords))
                all[^1].AddRange(sentence);
            else
                all.Add(sentence);
        }
        return all;
    }

    static IEnumerable<Sentence> Breaths(List<string> words)
    {
        var from = 0;
        while (words.Count - from > MostWords)
        {
            var mark = words.FindLastIndex(
                from + MostWords - 1,
                MostWords - LeastWords,
                word => word[^1] is ',' or ';' or ':'
            );
            var to = mark < 0 ? from + MostWords : mark + 1;
            yield return new(string.Join(' ', words[from..to]), breath);
            from = to;
        }
        yield return new(string.Join(' ', words[from..]), stop);
    }
}
