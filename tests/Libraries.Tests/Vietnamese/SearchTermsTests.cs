namespace Loa.Vietnamese;

public sealed class SearchTermsTests
{
    const string Second = "Cụm loa Ấp 2 1 DEMO-00731 Ấp 2 Xã Lộc Tấn";
    const string First = "Cụm loa Ấp 1 2 DEMO-00222 Ấp 1 Xã Lộc Tấn";

    [Theory]
    [InlineData("ap 2 loc tan", true, false)]
    [InlineData("Ấp 2, xã Lộc Tấn", true, false)]
    [InlineData("lộc tấn ấp 1", false, true)]
    [InlineData("loc ta", true, true)]
    [InlineData("oc tan", false, false)]
    [InlineData("222", false, true)]
    [InlineData("demo-007", true, false)]
    [InlineData("loa 2 loc tan", true, true)]
    [InlineData("ap 12", false, false)]
    public void A_word_is_found_by_its_beginning_and_a_number_of_a_hamlet_right_behind_it(
        string typed,
        bool second,
        bool first
    )
    {
        var terms = SearchTerms.Of(typed);

        Assert.Equal((second, first), (terms.AreIn(Second), terms.AreIn(First)));
    }

    [Fact]
    public void Only_a_number_long_enough_may_be_of_a_serial()
    {
        Assert.Null(SearchTerms.Of("ap 2 loc tan").OfSerial);
        Assert.Equal("00731", SearchTerms.Of("loc tan 00731").OfSerial);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("  ,  ")]
    public void Nothing_typed_looks_for_nothing(string? typed) => Assert.True(SearchTerms.Of(typed).IsNothing);
}
