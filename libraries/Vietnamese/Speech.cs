using System.Collections.Frozen;
using System.Text;

namespace Loa.Vietnamese;

/// <summary>What is to be read aloud so far, and what the next rule needs to know of it.</summary>
sealed class Speech
{
    // Nothing that is said further back decides how a number is read.
    const int remembered = 8;

    readonly StringBuilder said = new();
    readonly List<string> words = [];
    readonly List<string> unsaid = [];
    readonly List<SpelledWord> spelled = [];
    bool onlyJoined;

    /// <summary>The word said before, in lower case; empty after a number or a full stop.</summary>
    public string Before { get; private set; } = "";

    /// <summary>The same as it is written.</summary>
    public string Written { get; private set; } = "";

    /// <summary>The word as it is written that led to the last number: "Km" of Km 5.</summary>
    public string Lead { get; private set; } = "";

    /// <summary>What the last number of this sentence is.</summary>
    public FigureKind Kind { get; set; }

    /// <summary>How many words ago a number was read.</summary>
    public int SinceFigure { get; private set; } = int.MaxValue;

    public bool AfterFigure => SinceFigure == 0;

    /// <summary>Whether the word before is a letter that is spelled.</summary>
    public bool Spelled { get; private set; }

    /// <summary>Whether the last number has a part behind the comma.</summary>
    public bool Decimal { get; private set; }

    /// <summary>The last word of the unit of the last number.</summary>
    public string UnitBefore { get; private set; } = "";

    /// <summary>The last heading that bore a roman numeral.</summary>
    public int LastHeading { get; set; }

    /// <summary>What is written but will not be said.</summary>
    public IReadOnlyList<string> NotSaid => unsaid;

    /// <summary>What is said letter by letter.</summary>
    public IReadOnlyList<SpelledWord> LetterByLetter => spelled;

    /// <summary>Whether the last number was of this kind, and nothing but "and", "or" came since.</summary>
    public bool GoesOn(FigureKind kind) => Kind == kind && onlyJoined;

    /// <summary>Whether one of these phrases is among the last words.</summary>
    public bool Near(FrozenSet<string> phrases, int within)
    {
        for (var i = Math.Max(0, words.Count - within); i < words.Count; i++)
        {
            if (phrases.Contains(words[i]) || (i > 0 && phrases.Contains($"{words[i - 1]} {words[i]}")))
                return true;
        }
        return false;
    }

    /// <summary>The word said so many words ago, in lower case.</summary>
    public string Ago(int back) => words.Count >= back ? words[^back] : "";

    public bool EndsWith(string phrase) =>
        string.Join(' ', words.Skip(Math.Max(0, words.Count - phrase.Count(' '.Equals) - 1))) == phrase;

    public void Word(ReadOnlySpan<char> written) => Word(written, written.ToString());

    /// <summary>An acronym, letter by letter; the next rule asks for it as it is written.</summary>
    public void Letters(ReadOnlySpan<char> written, string spoken)
    {
        // A letter by itself is a name: khu A.
        if (written.Length > 1)
            spelled.Add(new(written.ToString(), spoken));
        Word(written, spoken);
        for (var letters = spoken.Count(' '.Equals) + 1; letters > 0 && words.Count > 0; letters--)
            words.RemoveAt(words.Count - 1);
        Remember(Before = Written.ToLowerInvariant());
        Spelled = true;
    }

    public void Word(ReadOnlySpan<char> written, string spoken)
    {
        Add(spoken);
        (Written, Spelled) = (written.ToString(), false);
        foreach (var word in spoken.ToLowerInvariant().Split(' '))
            Remember(word);
        Before = words[^1];
        onlyJoined &= Context.Joining.Contains(Before);
        if (SinceFigure < int.MaxValue)
            SinceFigure++;
    }

    public void Figure(string spoken, FigureKind kind = FigureKind.Number)
    {
        Add(spoken);
        Remember("#");
        UnitBefore = "";
        if (Before.Length > 0)
            Lead = Written;
        Decimal = spoken.Contains("phẩy", StringComparison.Ordinal);
        (Before, Written, SinceFigure, Kind, onlyJoined, Spelled) = ("", "", 0, kind, true, false);
    }

    /// <summary>What belongs to the number before: "mét", "phần trăm".</summary>
    public void Unit(string spoken)
    {
        Add(spoken);
        Remember(spoken);
        SinceFigure = 0;
        UnitBefore = spoken[(spoken.LastIndexOf(' ') + 1)..];
    }

    /// <summary>What only joins its neighbours: "đến", "trên".</summary>
    public void Join(string spoken, int since = int.MaxValue)
    {
        Add(spoken);
        SinceFigure = since;
    }

    /// <summary>What nobody will say, for its author to know.</summary>
    public void Unsaid(ReadOnlySpan<char> written) => unsaid.Add(written.ToString());

    /// <summary>A pause; of several the strongest is kept.</summary>
    public void Pause(char mark)
    {
        if (mark is '.' or '!' or '?')
            Forget();
        else if (AfterFigure)
            SinceFigure = int.MaxValue;
        if (said.Length == 0 || said[^1] == '\n')
            return;
        var last = Strength(said[^1]);
        if (last == 0)
            said.Append(mark);
        else if (last < Strength(mark))
            said[^1] = mark;
    }

    public void Line(bool sentenceEnds)
    {
        DropComma();
        if (sentenceEnds && said.Length > 0 && Strength(said[^1]) == 0)
            Pause('.');
        if (said.Length > 0 && said[^1] != '\n')
            said.Append('\n');
        Forget();
    }

    public override string ToString()
    {
        DropComma();
        return said.ToString().TrimEnd();
    }

    void Forget()
    {
        words.Clear();
        (Before, Written, Lead, SinceFigure, Kind) = ("", "", "", int.MaxValue, FigureKind.None);
    }

    void Remember(string word)
    {
        words.Add(word);
        if (words.Count > remembered)
            words.RemoveAt(0);
    }

    void Add(string spoken)
    {
        if (spoken.Length == 0)
            return;
        if (said.Length > 0 && said[^1] != '\n')
            said.Append(' ');
        said.Append(spoken);
    }

    void DropComma()
    {
        if (said.Length > 0 && said[^1] == ',')
            said.Length--;
    }

    static int Strength(char mark) =>
        mark switch
        {
            ',' => 1,
            ';' or ':' => 2,
            '.' or '!' or '?' => 3,
            _ => 0,
        };
}
