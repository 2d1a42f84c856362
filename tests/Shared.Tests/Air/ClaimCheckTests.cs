using Loa.Jose;

namespace Loa.Air;

public sealed class ClaimCheckTests
{
    const string Code = "2BCD";

    [Fact]
    public void What_the_document_says_of_the_test_keys_is_so()
    {
        Assert.Equal("N5dBUnlBWZZXfNerDeL2wwVtKn-uujOmetyGlvS4MpA", ClaimCheck.Seal(Some.Nonce));
        Assert.Equal("BDCB", Signs(SomeKeys.Root, SomeKeys.Speaker));
        Assert.Equal("9250 5621 7790 8337", ClaimCheck.RootNumber(SomeKeys.Root.KeyId));
    }

    [Fact]
    public void Another_root_key_code_or_nonce_makes_other_signs()
    {
        var good = Signs(SomeKeys.Root, SomeKeys.Speaker);

        Assert.NotEqual(good, Signs(SomeKeys.Stranger, SomeKeys.Speaker));
        Assert.NotEqual(good, Signs(SomeKeys.Root, SomeKeys.Stranger));
        Assert.NotEqual(good, Signs(SomeKeys.Root, SomeKeys.Speaker, "2BCE"));
        Assert.NotEqual(good, Signs(SomeKeys.Root, SomeKeys.Speaker, nonce: new string('A', 43)));
        Assert.NotEqual(good, Signs(SomeKeys.Speaker, SomeKeys.Root));
    }

    [Theory]
    [InlineData("2BCD", true)]
    [InlineData("ABCD", false)]
    [InlineData("2BC", false)]
    [InlineData("2BCDE", false)]
    [InlineData("2bcd", false)]
    [InlineData("0BCD", false)]
    [InlineData("2BC ", false)]
    [InlineData("ABCD-EFGH", false)]
    [InlineData("2BCD-EFGH", false)]
    public void Only_half_a_code_is_added_to(string code, bool isHalf) => Assert.Equal(isHalf, ClaimCheck.IsHalf(code));

    static string Signs(SigningKey root, SigningKey speaker, string code = Code, string nonce = Some.Nonce) =>
        ClaimCheck.Signs(root.KeyId, speaker.KeyId, code, nonce);
}
