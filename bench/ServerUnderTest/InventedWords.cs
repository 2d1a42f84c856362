namespace Loa.Bench.UnderTest;

/// <summary>Texts of syllables that are as often as in a language, and three words whose number is known.</summary>
sealed class InventedWords
{
    /// <summary>In each text, in three of a hundred, in the first of all.</summary>
    public const string Common = "xã",
        Seldom = "hiếm",
        Once = "duynhất";

    const int Length = 148;

    static readonly string[] heads =
    [
        "b",
        "c",
        "ch",
        "d",
        "đ",
        "g",
        "gi",
        "h",
        "kh",
        "l",
        "m",
        "n",
        "ng",
        "nh",
        "ph",
        "qu",
        "r",
        "s",
        "t",
        "th",
        "tr",
        "v",
    ];
    static readonly string[] tails =
    [
        "an",
        "ang",
        "âm",
        "ân",
        "eo",
        "ê",
        "iên",
        "iêu",
        "inh",
        "oan",
        "ong",
        "ôi",
        "ơn",
        "uân",
        "ung",
        "ưng",
        "ươc",
        "ương",
        "uyên",
        "y",
    ];

    // The same texts each time.
    readonly Random chance = new(9);

    public string Text(int i)
    {
        var words = new List<string>(Length) { Common };
        if (i % 33 == 0)
            words.Add(Seldom);
        if (i == 0)
            words.Add(Once);
        while (words.Count < Length)
            words.Add(Any());
        return string.Join(' ', words);
    }

    // A few words make up most of a text.
    string Any()
    {
        var place = (int)(Math.Pow(chance.NextDouble(), 3) * heads.Length * tails.Length);
        return heads[place % heads.Length] + tails[place / heads.Length];
    }
}
