namespace Loa.Writing;

public sealed class LineTests
{
    [Theory]
    [InlineData("Ấp 2", "Ấp 2")]
    [InlineData("  Ấp\u00A0\u30002 ", "Ấp 2")]
    [InlineData("\uFEFFA\u0302\u0301p 2\n", "Ấp 2")]
    [InlineData("\u00D0ồng Ɖa Ｂ１", "Đồng Đa B1")]
    [InlineData("TWIN-1\u200B", "TWIN-1")]
    [InlineData("TW\u00ADIN\u2060-1\uFE0F", "TWIN-1")]
    [InlineData("a\U000E0041b", "ab")]
    [InlineData("😀 loa", "😀 loa")]
    [InlineData("\u200B\u3164 \u2800", "")]
    public void A_line_is_written_one_way(string typed, string line)
    {
        Assert.True(Line.TryRead(typed, out var read));
        Assert.Equal(line, read);
        Assert.True(Line.Is(read));
        Assert.Equal(typed == line, Line.Is(typed));
    }

    [Theory]
    [InlineData("a\0b")]
    [InlineData("a\u0007b")]
    [InlineData("a\u007Fb")]
    [InlineData("a\u0085b")]
    [InlineData("a\nb")]
    [InlineData("a\tb")]
    [InlineData("a\u2028b")]
    [InlineData("a\u202Eb")]
    [InlineData("a\u2066b")]
    [InlineData("a\uFFFFb")]
    [InlineData("a\U0001FFFEb")]
    public void What_no_line_may_hold_is_refused(string typed) => Assert.False(Line.TryRead(typed, out _));

    [Fact]
    public void A_heap_of_marks_is_refused_before_anybody_puts_them_in_order()
    {
        var heap = "a" + string.Concat(Enumerable.Repeat("\u0323\u0302", 2_000_000));

        Assert.False(Line.TryRead(heap, out _));
        Assert.False(Prose.TryRead(heap, out _));
        Assert.True(Line.TryRead("Việt".Normalize(System.Text.NormalizationForm.FormD), out var line));
        Assert.Equal("Việt", line);
    }

    [Fact]
    public void Half_a_character_is_refused()
    {
        Assert.False(Line.TryRead("a\uD800", out _));
        Assert.False(Line.TryRead("\uDC00a", out _));
        Assert.False(Prose.TryRead("a\uD800b", out _));
        Assert.False(Prose.IsFit("a\uD800"));
    }

    [Fact]
    public void Prose_keeps_its_lines_and_drops_what_cannot_be_seen()
    {
        Assert.True(Prose.TryRead(" Kính\u00AD gửi\r\n\tbà con\u200B\u2028e\u0323m \n", out var prose));
        Assert.Equal("Kính gửi\n\tbà con\nẹm", prose);
    }

    [Theory]
    [InlineData("a\0b", false, false)]
    [InlineData("a\u001Bb", false, false)]
    [InlineData("a\u202Eb", false, true)]
    [InlineData("a\r\n\tb\u200B", true, true)]
    public void What_is_signed_is_judged_and_never_altered(string text, bool fit, bool storable)
    {
        Assert.Equal((fit, storable), (Prose.IsFit(text), Prose.IsStorable(text)));
        Assert.True(Prose.IsStorable(Prose.Storable(text)));
        Assert.Equal(storable, Prose.Storable(text) == text);
    }
}
