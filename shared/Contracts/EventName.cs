namespace Loa.Contracts;

/// <summary>
/// The name under which news stands in the outbox: a promise, whatever the type is called and wherever it moves.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class EventNameAttribute(string name) : Attribute
{
    public string Name => name;

    /// <summary>What it was called before; rows of that name may still wait in an old database.</summary>
    public string? Formerly { get; init; }
}
