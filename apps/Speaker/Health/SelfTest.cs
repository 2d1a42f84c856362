using Loa.Air;
using Loa.Speaker.Commands;
using Loa.Speaker.Store;

namespace Loa.Speaker.Health;

/// <summary>Looks at one part that can fail without being heard to fail.</summary>
delegate Task<SelfCheck> Check(CancellationToken cancel);

/// <summary>Looks at every part of the speaker that can fail without being heard to fail.</summary>
sealed class SelfTest(IReadOnlyList<Check> checks)
{
    public Act Order(Command command, CommandMessage message, WriteBatch changes) =>
        cancel => Task.Run(() => Run(cancel), cancel);

    async Task<Outcome> Run(CancellationToken cancel)
    {
        var found = new List<SelfCheck>();
        foreach (var check in checks)
            found.Add(await check(cancel));
        return Outcome.Done(new ReadBack(Checks: found));
    }
}
