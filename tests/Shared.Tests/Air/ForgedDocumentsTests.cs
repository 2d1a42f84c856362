namespace Loa.Air;

/// <summary>Nobody can make a speaker speak: a seeded flood of forgeries, and not one is taken.</summary>
[AnyEngine]
public sealed class ForgedDocumentsTests
{
    const int Variants = 20_000;
    const int Seed = 20260302;

    public static TheoryData<string> Kinds => [.. ForgeryTarget.All.Keys];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void None_of_twenty_thousand_is_accepted(string kind)
    {
        var target = ForgeryTarget.All[kind]();
        var forger = new Forger(new Random(Seed), target);
        Assert.True(target.Accepts(target.Good), "The good document must pass, else the test proves nothing.");

        for (var i = 0; i < Variants; i++)
        {
            var forged = forger.Next();
            Assert.False(target.Accepts(forged), $"Variant {i} of seed {Seed} was accepted: {forged}");
        }
        Assert.True(target.Accepts(target.Good), "The flood must not have worn the verifier out.");
    }
}
