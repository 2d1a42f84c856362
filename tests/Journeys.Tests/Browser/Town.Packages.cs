using Loa.Devices;
using Loa.Kernel;

namespace Loa.Browser;

/// <summary>What the town's speakers are to be brought, and are not while anybody looks.</summary>
public sealed partial class Town
{
    /// <summary>It waits for the night, so that no speaker is given the package.</summary>
    public Guid Rollout { get; private set; }

    public Guid Package { get; private set; }

    async Task<(Guid Package, Guid Rollout)> RollOut(CancellationToken cancel)
    {
        using var technician = await server.SignedIn(Technician);
        var key = await Officers.MakeKey(Technician, cancel, ["package"]);
        var package = await technician.Draft(Parcel.Some(), Parcel.NextVersion()).Landed();
        await technician.Give(package, await technician.Sign(package, key)).Json();
        var now = VietnamTime.Of(server.Clock.GetUtcNow());
        var order = new
        {
            package,
            unit = await Officers.UnitOf(Technician, cancel),
            windowFrom = $"{now.AddHours(10):HH:mm}",
            windowTo = $"{now.AddHours(11):HH:mm}",
        };
        return (package, (await Officers.Post(Technician, "/rollouts", order, cancel)).GetProperty("id").GetGuid());
    }
}
