[assembly: AssemblyFixture(typeof(Loa.FreshProvince))]

namespace Loa;

/// <summary>
/// The demo province as it is before its server opens for the first time: made once and copied for each server that a test starts,
/// for to bring in its speakers takes longer than many a test.
/// </summary>
public sealed class FreshProvince : IAsyncDisposable
{
    static readonly Lazy<Task<RunningServer>> prepared = new(Prepare);

    public static async Task CopyTo(RunningServer server) => await server.Copy(await prepared.Value);

    static async Task<RunningServer> Prepare()
    {
        var server = new RunningServer();
        await server.Prepare();
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        if (prepared.IsValueCreated)
            await (await prepared.Value).DisposeAsync();
    }
}
