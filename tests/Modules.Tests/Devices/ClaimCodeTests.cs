using Loa.Air;
using Loa.Devices.Enrolments;

namespace Loa.Devices;

[AnyEngine]
public sealed class ClaimCodeTests
{
    [Theory]
    [InlineData("ABCD-EFGH", "ABCDEFGH")]
    [InlineData(" abcd efgh ", "ABCDEFGH")]
    [InlineData("a.b-c_d–e f g h", "ABCDEFGH")]
    [InlineData("ABCD-EFG", null)]
    [InlineData("ABCD-EFGHJ", null)]
    [InlineData("ABCD-EFG0", null)]
    [InlineData("", null)]
    public void A_code_is_read_as_people_type_it(string typed, string? code) =>
        Assert.Equal(code, ClaimCode.Read(typed));

    [Fact]
    public void A_new_code_can_be_read_back()
    {
        var code = ClaimCode.New();
        Assert.Equal(code, ClaimCode.Read(ClaimCode.Shown(code)));
        Assert.True(char.IsAsciiLetterUpper(code[0]));
        Assert.True(ClaimCheck.IsHalf(ClaimCode.NewHalf()));
        Assert.False(ClaimCheck.IsHalf(code));
    }
}
