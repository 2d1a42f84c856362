using Loa.Air;

namespace Loa.Speaker.Commands;

/// <summary>Who obeys which command; each part of the speaker says which are its own.</summary>
sealed class CommandTable
{
    readonly Dictionary<string, Obedience> known = [];

    public void Add(string name, Prepare prepare) => Add(name, new Obedience(prepare));

    public void Add(string name, Obedience obedience) => known.Add(name, obedience);

    /// <summary>Null for a command that only other software knows.</summary>
    public Obedience? Find(string name) => known.GetValueOrDefault(name);
}

/// <summary>How one kind of command is obeyed.</summary>
sealed record Obedience(Prepare Prepare)
{
    /// <summary>Whether the answer to a command that was begun before a start comes from elsewhere; nowhere when absent.</summary>
    public Func<Guid, bool>? IsGoingOn { get; init; }

    /// <summary>What is so after a start, for a command that a start fulfils.</summary>
    public Func<ReadBack>? AfterStart { get; init; }
}
