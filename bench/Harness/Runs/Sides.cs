using Loa.Bench.Load;
using Loa.Bench.Peers;

namespace Loa.Bench.Runs;

/// <summary>Ours first, then the peers, each with its crowd connected. All end with the show, also when it fails.</summary>
public sealed class Sides : IAsyncDisposable
{
    readonly List<Side> all = [];

    Sides() { }

    public Side this[int place] => all[place];

    public IReadOnlyList<Side> All => all;

    public static async Task<Sides> Start(int clients, params Func<int, Wire, Task<Side>>[] more)
    {
        await Peer.NeedBoth();
        var sides = new Sides();
        try
        {
            Func<int, Wire, Task<Side>>[] servers = [Side.Ours, Side.Nats, Side.Mosquitto, .. more];
            foreach (var start in servers)
                sides.all.Add(await start(clients, Wire.Tcp));
            foreach (var side in sides.all)
                Console.WriteLine(
                    $"{side.Name}: {clients} connected in {await side.Load.Ask($"connect 0 {clients}")} ms"
                );
            Console.WriteLine();
            return sides;
        }
        catch
        {
            await sides.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var side in all)
            await side.DisposeAsync();
    }
}
