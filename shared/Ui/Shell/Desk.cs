using Loa.Kernel;

namespace Loa.Ui;

/// <summary>A module lays on the home page of whoever signed in what he should see first: a bounded look, within his sight.</summary>
public interface IDeskPart
{
    ValueTask Lay(Desk desk, CancellationToken cancel);
}

/// <summary>What lies before an officer when he comes in.</summary>
public sealed class Desk(Sight sight)
{
    public Sight Sight => sight;

    /// <summary>What is missing before he can work, in the order of doing.</summary>
    public List<DeskVerb> Steps { get; } = [];

    /// <summary>What he comes here to do; the first is the one button of the page.</summary>
    public List<DeskVerb> Verbs { get; } = [];

    /// <summary>What waits for an act of his, the oldest first.</summary>
    public DeskList Waiting { get; } = new();

    /// <summary>What sounds now in his units.</summary>
    public DeskList OnAir { get; } = new();

    /// <summary>Speakers that need somebody.</summary>
    public DeskList Trouble { get; } = new();

    public DeskList Today { get; } = new();

    /// <summary>What he himself wrote last.</summary>
    public DeskList Mine { get; } = new();

    /// <summary>What was done last in his units.</summary>
    public DeskList Lately { get; } = new();

    /// <summary>The numbers that are worth a look.</summary>
    public List<HomeTile> Numbers { get; } = [];

    /// <summary>The procedures whose moves change it.</summary>
    public HashSet<string> Of { get; } = new(StringComparer.Ordinal);
}

/// <summary>Some rows of a list, how many there are in all, and where the others stand.</summary>
public sealed class DeskList
{
    public List<DeskRow> Rows { get; } = [];

    /// <summary>Lists that go on: what they are called with their count, and their address.</summary>
    public List<DeskMore> More { get; } = [];

    /// <summary>How many there are, shown or not.</summary>
    public int All { get; private set; }

    /// <param name="all">How many there are; a link leads on when that is more than is shown.</param>
    public void Add(IReadOnlyCollection<DeskRow> rows, int all, string text, string url)
    {
        Rows.AddRange(rows);
        All += all;
        if (all > rows.Count)
            More.Add(new(text, all, url));
    }
}

public sealed record DeskMore(string Text, int Count, string Url);

/// <summary>Something to begin: a text, an address and an icon; smaller orders stand first.</summary>
public sealed record DeskVerb(string Text, string Url, string Icon, int Order = 100);

/// <summary>One thing on the desk, in one line.</summary>
/// <param name="Url">Null where it is only told.</param>
public sealed record DeskRow(string Title, string? Url)
{
    /// <summary>Where, who, how far.</summary>
    public string? Note { get; init; }

    /// <summary>Since when it waits, or when it was.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>Its state in a word or two.</summary>
    public string? State { get; init; }

    public Tone Tone { get; init; }

    /// <summary>What he does with it, in words; the row's address is where.</summary>
    public string? Verb { get; init; }

    /// <summary>What he can do to it without leaving the desk.</summary>
    public DeskAct? Act { get; init; }
}

/// <summary>An act that asks first.</summary>
/// <param name="Seen">How many acts of the case whoever looks has seen.</param>
public sealed record DeskAct(string Url, string Text, string Question, string Icon, int Seen);
