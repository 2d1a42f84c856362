using System.Collections.Frozen;

namespace Loa.Vietnamese;

/// <summary>The sets of words that decide how their neighbour is read.</summary>
static class Context
{
    public static readonly FrozenSet<string> Roman = Set("roman");
    public static readonly FrozenSet<string> Numbered = Set("numbered");
    public static readonly FrozenSet<string> Named = Set("named");
    public static readonly FrozenSet<string> Undated = Set("undated");
    public static readonly FrozenSet<string> Counted = Set("counted");
    public static readonly FrozenSet<string> Portion = Set("portion");
    public static readonly FrozenSet<string> Share = Set("share");
    public static readonly FrozenSet<string> About = Set("about");
    public static readonly FrozenSet<string> Dose = Set("dose");
    public static readonly FrozenSet<string> Below = Set("below");
    public static readonly FrozenSet<string> Day = Set("day");
    public static readonly FrozenSet<string> Feast = Set("feast");
    public static readonly FrozenSet<string> Until = Set("until");
    public static readonly FrozenSet<string> Calendar = Set("calendar");
    public static readonly FrozenSet<string> Clock = Set("clock");
    public static readonly FrozenSet<string> DayPart = Set("daypart");
    public static readonly FrozenSet<string> Dialled = Set("dialled");
    public static readonly FrozenSet<string> Switchboard = Set("switchboard");
    public static readonly FrozenSet<string> Hotline = Set("hotline");
    public static readonly FrozenSet<string> Identity = Set("identity");
    public static readonly FrozenSet<string> Series = Set("series");
    public static readonly FrozenSet<string> Filler = Set("filler");
    public static readonly FrozenSet<string> Standard = Set("standard");
    public static readonly FrozenSet<string> Scored = Set("scored");
    public static readonly FrozenSet<string> Measure = Set("measure");
    public static readonly FrozenSet<string> Scale = Set("scale");
    public static readonly FrozenSet<string> Joining = Set("joining");
    public static readonly FrozenSet<string> Electric = Set("electric");
    public static readonly FrozenSet<string> Tall = Set("tall");
    public static readonly FrozenSet<string> Pulse = Set("pulse");
    public static readonly FrozenSet<string> Term = Set("term");
    public static readonly FrozenSet<string> Aged = Set("aged");
    public static readonly FrozenSet<string> Dosed = Set("dosed");
    public static readonly FrozenSet<string> Slogan = Set("slogan");
    public static readonly FrozenSet<string> Screened = Set("screened");
    public static readonly FrozenSet<string> Pregnant = Set("pregnant");
    public static readonly FrozenSet<string> Graded = Set("graded");
    public static readonly FrozenSet<string> Starred = Set("starred");
    public static readonly FrozenSet<string> Blood = Set("blood");
    public static readonly FrozenSet<string> Family = Set("family");

    // A phrase of two words is written with a stroke between them.
    static FrozenSet<string> Set(string name) =>
        WordList.Contexts[name].Split(' ').Select(word => word.Replace('_', ' ')).ToFrozenSet();
}
