using System.Text.Json;
using System.Text.RegularExpressions;

namespace Loa;

/// <summary>What the screens say: one word for each thing, as officers say it; wording.txt beside this has the words that are not used.</summary>
public sealed partial class WordingTests
{
    static readonly string[] Languages = ["vi", "en"];

    [Fact]
    public void No_text_says_a_word_that_has_a_better_one() =>
        None(
            from text in Texts()
            from row in Table()
            where row.Language == text.Language && row.Words.IsMatch(text.Value)
            select $"{text} – not “{row.Shown}” but: {row.Instead}"
        );

    [Fact]
    public void No_text_looks_like_the_key_of_a_text() =>
        None(Texts().Where(t => KeyOfAText().IsMatch(t.Value)).Select(t => t.ToString()));

    [Fact]
    public void What_is_not_filled_in_is_asked_for_politely()
    {
        var asked = Texts().Where(t => t.Key == "invalid.required").Select(t => t.Value);

        Assert.Equal(["Vui lòng nhập {0}.", "Please enter {0}."], asked);
    }

    [Theory]
    [InlineData("vi", "Cụm loa đang nối", true)]
    [InlineData("vi", "Đang nối lại", true)]
    [InlineData("vi", "Trình duyệt", true)]
    [InlineData("vi", "Ký bằng khóa trong trình duyệt này", false)]
    [InlineData("vi", "Trình duyệt này không tạo được khóa.", false)]
    [InlineData("vi", "Sổ cái", false)]
    [InlineData("vi", "không có trong sổ cái", false)]
    [InlineData("vi", "đã có trong sổ", true)]
    [InlineData("en", "Claim a speaker", true)]
    [InlineData("en", "Proclaimed", false)]
    public void A_word_is_found_whole(string language, string text, bool isFound) =>
        Assert.Equal(isFound, Table().Any(row => row.Language == language && row.Words.IsMatch(text)));

    /// <summary>Each fault in full: whoever broke it mends them all at once.</summary>
    static void None(IEnumerable<string> faults)
    {
        var lines = string.Join('\n', faults);
        Assert.True(lines.Length == 0, lines);
    }

    static IEnumerable<Text> Texts() =>
        from file in Directory.EnumerateFiles(HouseTests.Root(), "Words.json", SearchOption.AllDirectories)
        where !file.Contains("/artifacts/", StringComparison.Ordinal)
        from pair in JsonSerializer.Deserialize<Dictionary<string, string[]>>(File.ReadAllText(file))!
        from text in Languages.Zip(pair.Value)
        select new Text(Path.GetRelativePath(HouseTests.Root(), file), pair.Key, text.First, text.Second);

    static List<Row> Table() =>
        [
            .. File.ReadLines(Path.Combine(HouseTests.Root(), "tests", "Architecture.Tests", "wording.txt"))
                .Where(line => line.Length > 0 && line[0] != '#')
                .Select(line => Columns().Split(line))
                .Select(cells => new Row(cells[0], cells[1], Whole(cells[1]), cells[2])),
        ];

    static Regex Whole(string words) =>
        new($@"(?<!\p{{L}})(?:{words})(?!\p{{L}})", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    // A column ends at a bar between blanks; a bar without them belongs to the words.
    [GeneratedRegex(@" \| ")]
    private static partial Regex Columns();

    [GeneratedRegex(@"^[a-z]+(\.[a-z-]+)+$")]
    private static partial Regex KeyOfAText();

    sealed record Text(string File, string Key, string Language, string Value)
    {
        public override string ToString() => $"{File} {Key} [{Language}] “{Value}”";
    }

    sealed record Row(string Language, string Shown, Regex Words, string Instead);
}
