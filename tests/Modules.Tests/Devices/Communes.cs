using Loa.Contracts.People;
using Loa.People;

namespace Loa.Devices;

/// <summary>The communes in which speakers stand, and technicians of their own in them: which places a test gets is nobody's choice.</summary>
static class Communes
{
    public static async Task<Guid> CommuneOf(this DeviceServer server, BenchSpeaker speaker) =>
        await server.CommuneOf((await server.Find(speaker.Id)).UnitId);

    public static async Task<Guid> CommuneOf(this DeviceServer server, Guid unit) =>
        (await server.Tree()).PathOf(unit)[1];

    /// <summary>A new technician of this commune.</summary>
    public static Task<SomeOfficer> TechnicianOf(this DeviceServer server, Guid commune) =>
        SomeOfficer.In(server.Running, "technician", commune);

    /// <summary>A new technician of a commune that is none of these.</summary>
    public static async Task<SomeOfficer> TechnicianBeside(this DeviceServer server, params Guid[] communes)
    {
        var tree = await server.Tree();
        return await server.TechnicianOf(
            tree.ChildrenOf(tree.Roots.Single().Id).First(u => !communes.Contains(u.Id)).Id
        );
    }

    static async Task<UnitTree> Tree(this DeviceServer server) =>
        await server.Running.With<IUnits, UnitTree>(async units => await units.Today(CancellationToken.None));
}
