namespace Loa.Vietnamese;

public sealed class NumeralsTests
{
    [Theory]
    [InlineData(-15, "âm mười lăm")]
    [InlineData(1_000_000_000_000, "một nghìn tỷ")]
    [InlineData(1_005_000_000_000, "một nghìn không trăm linh năm tỷ")]
    [InlineData(
        999_999_999_999_999_999,
        "chín trăm chín mươi chín triệu chín trăm chín mươi chín nghìn chín trăm chín mươi chín tỷ chín trăm chín mươi chín triệu chín trăm chín mươi chín nghìn chín trăm chín mươi chín"
    )]
    [InlineData(
        9_223_372_036_854_775_807,
        "chín hai hai ba ba bảy hai không ba sáu tám năm bốn bảy bảy năm tám không bảy"
    )]
    [InlineData(long.MinValue, "âm chín hai hai ba ba bảy hai không ba sáu tám năm bốn bảy bảy năm tám không tám")]
    public void Large_and_negative_numbers_are_said(long number, string said) =>
        Assert.Equal(said, Numerals.Cardinal(number));

    [Fact]
    public void No_two_numbers_sound_alike()
    {
        var heard = new HashSet<string>();
        for (var number = 0; number < 200_000; number++)
            Assert.True(heard.Add(Numerals.Cardinal(number)), $"{number}");
    }
}
