using Loa.Kernel;

namespace Loa.Cases;

/// <summary>A move from some states to another. No <see cref="From"/> means that it opens the case; no <see cref="To"/> that the state stays.</summary>
public sealed record Move(string Name, IReadOnlyList<string> From, string? To)
{
    /// <summary>The right over the case's unit that it takes; null where a use case decides by more than that, or only the server makes it.</summary>
    public string? Right { get; init; }

    /// <summary>The right whose holders have the case after it.</summary>
    public string? Holder { get; init; }

    /// <summary>How long they have for it.</summary>
    public TimeSpan? Due { get; init; }

    /// <summary>The fields this move may set; a patch with any other is refused.</summary>
    public IReadOnlyList<string> Sets { get; init; } = [];

    /// <summary>Fields that must have a value after this move.</summary>
    public IReadOnlyList<string> Needs { get; init; } = [];

    public bool NeedsComment { get; init; }

    public bool NeedsSignature { get; init; }

    /// <summary>Moves whose makers may not make this one: the author does not approve his own work.</summary>
    public IReadOnlyList<string> NotByMakersOf { get; init; } = [];

    /// <summary>What else happens when it is made, in the act's own transaction: news, rows that lists read.</summary>
    public Effect? Effect { get; init; }

    public bool Opens => From.Count == 0;

    /// <summary>It asks for nothing but the right and perhaps a comment, so <see cref="MoveCase{T}"/> makes it.</summary>
    public bool IsPlain => !Opens && Right is not null && Sets.Count == 0 && !NeedsSignature;

    public bool StartsFrom(string? state) => state is null ? Opens : From.Contains(state);

    /// <param name="made">The moves that whoever wants to make it made before.</param>
    public bool MayBeMadeAfter(IEnumerable<string> made) =>
        NotByMakersOf.Count == 0 || !made.Any(NotByMakersOf.Contains);

    public void CheckMaker(IEnumerable<string> made) =>
        Refuse.Unless(MayBeMadeAfter(made), "case.not-by-the-same-person");
}

/// <param name="after">The case as the act left it.</param>
public delegate Task Effect(CaseDb db, Case after, Act act, CancellationToken cancel);
