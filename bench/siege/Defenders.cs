using Loa.Bench.Runs;
using Loa.Bench.UnderTest;
using Loa.Server.Demo;

namespace Loa.Bench.Siege;

/// <summary>Speakers with their whole software, who verify and play what the bare connections are only told.</summary>
static class Defenders
{
    const int Count = 12;

    public static async Task<FleetProcess> Real(ServerUnderTest server, Province province)
    {
        var serials = await province.SerialsFor(Count, default);
        var folder = Path.Combine(server.Folder, "real");
        var fleet = await FleetProcess.Start(Sibling.Program("Fleet"), server.Web, folder, serials, default);
        await fleet.ClaimAll(province, default);
        return fleet;
    }
}
