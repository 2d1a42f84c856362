using Loa.Air;
using Loa.Speaker.Store;

namespace Loa.Speaker.Commands;

/// <summary>What became of a command; null state while somebody else will tell, perhaps after a restart.</summary>
readonly record struct Outcome(CommandState? State, string? Reason = null, ReadBack? Found = null)
{
    public static Outcome Later => default;

    /// <param name="found">What is so now, where it takes effect.</param>
    public static Outcome Done(ReadBack? found = null) => new(CommandState.Done, null, found);

    public static Outcome Failed(string reason, ReadBack? found = null) => new(CommandState.Failed, reason, found);
}

/// <summary>Carries a command out.</summary>
delegate Task<Outcome> Execution(CancellationToken cancel);

/// <summary>Gets a command ready; what must be remembered before it is carried out goes into the changes.</summary>
delegate Execution Prepare(Command command, CommandMessage message, WriteBatch changes);
