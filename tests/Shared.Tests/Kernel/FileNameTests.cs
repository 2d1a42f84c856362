namespace Loa.Kernel;

public sealed class FileNameTests
{
    static readonly DateOnly day = new(2026, 11, 29);

    [Theory]
    [InlineData("Cụm loa", "Lộc Tấn", "cum-loa-20261129-loc-tan.xlsx")]
    [InlineData("Đơn vị", "", "don-vi-20261129.xlsx")]
    [InlineData("Bản tin", "../\"a\"; 05/12/2026", "ban-tin-20261129-a-05-12-2026.xlsx")]
    public void A_name_tells_what_when_and_of_what_in_letters_that_every_system_keeps(
        string what,
        string narrowed,
        string name
    ) => Assert.Equal(name, FileName.Of(what, day, [narrowed], "xlsx"));

    [Fact]
    public void A_name_is_never_too_long() =>
        Assert.InRange(FileName.Of("Cụm loa", day, [new('a', 500)], "xlsx").Length, 50, 110);
}
