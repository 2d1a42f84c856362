using System.Text;

namespace Loa.Vietnamese;

/// <summary>What is to be read aloud so far, and what the next rule needs to know of it.</summary>
sealed class Speech
{
    readonly StringBuilder said = new();

    /// <summary>The word written before, in lower case; empty after a number or a full stop.</summary>
    public string Before { get; private set; } = "";

    /// <summary>How many words ago a number was read.</summary>
    public int SinceFigure { get; private set; } = int.MaxValue;

    public bool AfterFigure => SinceFigure == 0;

    public void Word(ReadOnlySpan<char> written) => Word(written, written.ToString());

    public void Word(ReadOnlySpan<char> written, string spoken)
    {
        Add(spoken);
        Before = written.ToString().ToLowerInvariant();
        if (SinceFigure < int.MaxValue)
            SinceFigure++;
    }

    public void Figure(string spoken)
    {
        Add(spoken);
        (Before, SinceFigure) = ("", 0);
    }

    /// <summary>What only joins its neighbours: "đến", "trên".</summary>
    public void Join(string spoken)
    {
        Add(spoken);
        SinceFigure = int.MaxValue;
    }

    /// <summary>A pause; of several the strongest is kept.</summary>
    public void Pause(char mark)
    {
        if (mark is '.' or '!' or '?')
            (Before, SinceFigure) = ("", int.MaxValue);
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
        (Before, SinceFigure) = ("", int.MaxValue);
    }

    public override string ToString()
    {
        DropComma();
        return said.ToString().TrimEnd();
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
