using System.Collections.Frozen;

namespace Loa.Vietnamese;

/// <summary>The sets of words that decide how their neighbour is read.</summary>
static class Context
{
    public static readonly FrozenSet<string> Roman = Set("roman");
    public static readonly FrozenSet<string> Numbered = Set("numbered");
    public static readonly FrozenSet<string> Undated = Set("undated");
    public static readonly FrozenSet<string> Counted = Set("counted");
    public static readonly FrozenSet<string> Day = Set("day");
    public static readonly FrozenSet<string> Dialled = Set("dialled");

    static FrozenSet<string> Set(string name) => WordList.Contexts[name].Split(' ').ToFrozenSet();
}
