namespace Loa.Vietnamese;

public sealed class SortKeyTests
{
    [Theory]
    [InlineData("An Lộc|Ấp 3|Đồi chè|Loa 2|Loa 10|Zôn")]
    [InlineData("a|ă|â|b|c|d|đ|e|ê|g|h|i|k|l|m|n|o|ô|ơ|p|q|r|s|t|u|ư|v|x|y")]
    [InlineData("ma|mà|mả|mã|má|mạ|man|mạn")]
    [InlineData("Ấp 2|Ấp 002b|Ấp 3|Ấp 10|Ấp 100|Ấp Đồng")]
    [InlineData("Loa|Loa 1|Loa-2|Loa (3)|Loan")]
    [InlineData("Dầu|Đa Kia|Đồng Xoài|E")]
    [InlineData("KP 9|KP 99999999999999999999|KP 100000000000000000000")]
    public void Names_stand_as_in_a_dictionary_and_numbers_by_value(string list)
    {
        var names = list.Split('|');

        Assert.Equal(names, names.Reverse().OrderBy(SortKey.Of, StringComparer.Ordinal));
    }

    [Fact]
    public void Case_form_and_look_alikes_do_not_matter()
    {
        Assert.Equal(SortKey.Of("Đồng Xoài"), SortKey.Of("ĐỒNG XOÀI"));
        Assert.Equal(SortKey.Of("Ấp 2"), SortKey.Of("A\u0302\u0301p  ２"));
        Assert.Equal(SortKey.Of("Đa Kia"), SortKey.Of("\u00D0a Kia"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\0\u202E\uD800")]
    [InlineData("\uD83D\uDE00")]
    public void Any_text_has_a_key(string text)
    {
        Assert.DoesNotContain('\0', SortKey.Of(text));
        Assert.NotNull(SortKey.Of(text + (char)0xD800));
    }
}
