using Loa.Kernel;
using Microsoft.Extensions.DependencyInjection;

namespace Loa;

public sealed class ReceiversTests
{
    /// <summary>What a speaker is told after a change of the root may be signed by the next one only.</summary>
    [Fact]
    public async Task Speakers_hear_of_a_new_root_before_they_are_told_what_stands_on_it()
    {
        await using var house = await House.Build();

        Assert.Equal(
            ["RenewRoots", "PushRoots", "EndWaiting", "FollowRoots"],
            house.Services.GetServices<Receiver>().Where(r => r.Names.Contains("root-changed")).Select(r => r.Type.Name)
        );
    }
}
