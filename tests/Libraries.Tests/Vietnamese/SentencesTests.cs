namespace Loa.Vietnamese;

public sealed class SentencesTests
{
    [Fact]
    public void A_text_is_taken_apart_where_a_reader_pauses_and_a_paragraph_pauses_longer()
    {
        var all = Sentences.Of("Kính thưa bà con nhân dân. Ngày mai cắt điện, từ bảy giờ!\nXin cảm ơn bà con.");

        Assert.Equal(
            ["Kính thưa bà con nhân dân.", "Ngày mai cắt điện, từ bảy giờ!", "Xin cảm ơn bà con."],
            all.Select(s => s.Text)
        );
        Assert.True(TimeSpan.Zero < all[0].Pause && all[0].Pause < all[1].Pause);
        Assert.Equal(TimeSpan.Zero, all[2].Pause);
        Assert.Equal([6, 7, 5], all.Select(s => s.Syllables));
    }

    [Theory]
    [InlineData("Alo. Alo. Kính mời bà con.", 1)]
    [InlineData("Bà con chú ý nghe. Hết.", 1)]
    [InlineData("Bà con chú ý.\nHết.", 2)]
    [InlineData("một", 1)]
    [InlineData("", 0)]
    [InlineData("\n\n", 0)]
    public void What_is_too_short_to_stand_alone_is_said_with_its_neighbour(string text, int sentences) =>
        Assert.Equal(sentences, Sentences.Of(text).Count);

    [Fact]
    public void A_sentence_without_end_is_cut_at_its_commas_and_where_there_are_none_all_the_same()
    {
        var clause = string.Join(' ', Enumerable.Repeat("ấp", 20)) + ",";
        var listed = Sentences.Of(string.Join(' ', Enumerable.Repeat(clause, 7)));
        Assert.Equal([60, 60, 20], listed.Select(s => s.Syllables));
        Assert.All(listed, s => Assert.EndsWith(",", s.Text, StringComparison.Ordinal));

        Assert.Equal(
            [60, 60, 30],
            Sentences.Of(string.Join(' ', Enumerable.Repeat("ấp", 150))).Select(s => s.Syllables)
        );
        Assert.Equal(4, Sentences.Of(new string('a', 20_000)).Count);
    }

    [Fact]
    public void No_word_of_any_text_is_lost()
    {
        foreach (var text in ReadingTests.Golden().Select(line => line.Read))
            Assert.Equal(
                text.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries),
                Sentences.Of(text).SelectMany(s => s.Text.Split(' '))
            );
    }
}
