namespace Loa.Air;

/// <summary>A command is accepted once: on yes its nonce is in the memory, which is to be stored before acting.</summary>
public sealed class CommandRule(Guid speaker, IReadOnlyList<Guid> path, NonceMemory nonces, DateTimeOffset now)
    : Rule<Command>
{
    internal override AirKind Kind(Command command) => AirKind.Command;

    internal override DateTimeOffset Moment(Command command) => now;

    internal override string? Concerns(Command command) =>
        Check.That(command.Speaker == speaker, Refusal.CommandSpeaker);

    internal override string? Allows(Delegation delegation, Command command) => Reaches(delegation, path, path);

    internal override string? Holds(Command command) =>
        Check.That(command.IsKnown(), Refusal.CommandUnknown)
        ?? Check.That(command.IssuedAt <= now + ClockError, Refusal.DocumentEarly)
        ?? Check.That(command.Expires > now, Refusal.CommandExpired)
        // Last, because it takes the nonce.
        ?? Check.That(nonces.TryTake(command, now), Refusal.CommandReplayed);
}
