namespace Loa.Ui;

public sealed class MomentsTests
{
    [Fact]
    public void A_moment_is_shown_in_the_time_of_Vietnam()
    {
        var lateInLondon = new DateTimeOffset(2026, 12, 31, 17, 30, 5, TimeSpan.Zero);

        Assert.Equal("01/01/2027 00:30", lateInLondon.Shown());
        Assert.Equal("01/01/2027 00:30:05", lateInLondon.Shown(Precision.Second));
        Assert.Equal("01/01/2027", lateInLondon.Shown(Precision.Day));
        Assert.Equal("00:30", lateInLondon.Shown(Precision.Clock));
    }

    [Theory]
    [InlineData(5, "0:05")]
    [InlineData(65, "1:05")]
    [InlineData(3605, "1:00:05")]
    public void A_length_is_shown_as_a_player_shows_it(int seconds, string shown) =>
        Assert.Equal(shown, TimeSpan.FromSeconds(seconds).Shown());
}
