using Loa.Air;
using Loa.Speaker.Commands;
using Loa.Speaker.Store;

namespace Loa.Speaker.Health;

/// <summary>Looks at one part that can fail without being heard to fail.</summary>
delegate Task<SelfCheck> Probe(CancellationToken cancel);

/// <summary>Looks at every part of the speaker that can fail without being heard to fail.</summary>
sealed class SelfTest(IReadOnlyList<Probe> probes)
{
    public Execution Order(Command command, CommandMessage message, WriteBatch changes) =>
        cancel => Task.Run(() => Run(cancel), cancel);

    async Task<Outcome> Run(CancellationToken cancel)
    {
        var found = new List<SelfCheck>();
        foreach (var probe in probes)
            found.Add(await probe(cancel));
        return Outcome.Done(new ReadBack(Checks: found));
    }
}
