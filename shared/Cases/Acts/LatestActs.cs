namespace Loa.Cases;

/// <summary>One act as people read it.</summary>
public sealed record ActDone(string Move, string By, DateTimeOffset At, string? Comment)
{
    public static ActDone Of(Act act) => new(act.Move, act.By, act.At, act.Comment);
}

/// <summary>The latest acts of a case, the last first, and how many there are in all.</summary>
public sealed record LatestActs(string Procedure, int All, IReadOnlyList<ActDone> Acts)
{
    /// <summary>So many are shown of a long case.</summary>
    public const int Shown = 50;

    public ActDone Last => Acts[0];
}
