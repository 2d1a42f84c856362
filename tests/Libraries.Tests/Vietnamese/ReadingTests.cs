using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text;

namespace Loa.Vietnamese;

public sealed class ReadingTests
{
    const string arrow = " → ";

    [Fact]
    public void Everything_in_the_golden_file_is_read_as_it_says()
    {
        var wrong = new StringBuilder();
        foreach (var (written, read) in Golden())
        {
            if (Reading.Aloud(written) is var said && said != read)
                wrong.AppendLine($"{written}\n   should be: {read}\n         was: {said}");
        }
        Assert.True(wrong.Length == 0, wrong.ToString());
    }

    [Fact]
    public void What_is_taken_apart_into_letters_and_marks_is_read_alike()
    {
        foreach (var (written, read) in Golden())
            Assert.Equal(read, Reading.Aloud(written.Normalize(NormalizationForm.FormD)));
    }

    [Fact]
    public void Reading_what_was_read_changes_nothing()
    {
        foreach (var (_, read) in Golden())
            Assert.Equal(read, Reading.Aloud(read));
    }

    [Theory]
    [InlineData("Mời đoàn 北京 đến", "北京")]
    [InlineData("Sông Волга", "Boлгa")]
    [InlineData("chữ ខ្មែរ", "ខ|ម|រ")]
    [InlineData("số \u2188", "\u2188")]
    [InlineData("chữ 𠀀", "𠀀")]
    public void Letters_that_nobody_will_say_are_named(string text, string unsaid) =>
        Assert.Equal(unsaid.Split('|'), Reading.Read(text).Unsaid);

    [Theory]
    [InlineData("Nộp mẫu BQXH tại khu A, gặp HTRK và BQXH", "BQXH|HTRK")]
    [InlineData("UBND xã họp lúc 7h tại khu B", "")]
    public void Acronyms_that_are_spelled_are_named_once(string text, string spelled) =>
        Assert.Equal(spelled, string.Join('|', Reading.Read(text).Spelled.Select(word => word.Written)));

    [Fact]
    public void Of_what_is_read_nothing_is_named()
    {
        foreach (var (written, _) in Golden())
            Assert.Empty(Reading.Read(written).Unsaid);
    }

    [Fact]
    public void What_is_no_character_is_passed_over()
    {
        Assert.Equal("cắt điện lúc bảy giờ", Reading.Aloud("cắt điện \uD83D lúc 7h"));
        Assert.Equal("", Reading.Aloud("\uDC00\uD800"));
        Assert.Equal("bảy giờ ba mươi phút", Reading.Aloud("7\u0000h\uFFFF3\uDC000"));
    }

    [Theory]
    [InlineData("1")]
    [InlineData("1.")]
    [InlineData("1/")]
    [InlineData("1-")]
    [InlineData("0.1 ")]
    [InlineData("X")]
    [InlineData("Q.")]
    [InlineData("a/")]
    [InlineData("(")]
    [InlineData(" ")]
    [InlineData("\n")]
    [InlineData("a.vn/")]
    [InlineData("m/")]
    [InlineData("1tr5 ")]
    [InlineData("<b")]
    [InlineData("😀")]
    public void Time_grows_only_with_the_length(string piece)
    {
        Time(piece, 5_000);
        var (little, much) = (Time(piece, 30_000), Shortest(piece, 240_000));
        // Eight times the text takes eight times as long, and with a busy machine somewhat more;
        // a rule that looks through the rest of the text at each letter would take 64 times as long.
        Assert.True(much < 32 * little || much < TimeSpan.FromSeconds(2), $"{little} {much}");
    }

    // What else the machine does only makes it longer.
    static TimeSpan Shortest(string piece, int length) => new[] { Time(piece, length), Time(piece, length) }.Min();

    static TimeSpan Time(string piece, int length)
    {
        var text = string.Concat(Enumerable.Repeat(piece, length / piece.Length));
        var watch = Stopwatch.StartNew();
        Reading.Aloud(text);
        return watch.Elapsed;
    }

    [Fact]
    public void Any_text_is_read_without_a_digit_left()
    {
        const string letters = "0123456789.,:/-–%()hHgđkmXIVQPTUBND ắố\n+$°'\"aevn@²";
        var random = new Random(2026);
        for (var i = 0; i < 20_000; i++)
        {
            var text = new string(random.GetItems<char>(letters, random.Next(40)));
            Assert.DoesNotContain(Reading.Aloud(text), char.IsAsciiDigit);
        }
    }

    internal static IEnumerable<(string Written, string Read)> Golden([CallerFilePath] string here = "") =>
        File.ReadLines(Path.Combine(Path.GetDirectoryName(here)!, "Reading.golden.txt"))
            .Where(line => !line.StartsWith('#') && line.Contains(arrow, StringComparison.Ordinal))
            .Select(line => line.Replace("\\n", "\n", StringComparison.Ordinal).Split(arrow))
            .Select(parts => (parts[0], parts[1]));
}
