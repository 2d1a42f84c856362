namespace Loa.Vietnamese;

/// <summary>Reads what makes a reader pause: marks, brackets, dashes and the ends of lines.</summary>
static class Pauses
{
    // Lines end a sentence when the next one begins like a new sentence or an item of a list.
    public static bool ReadLine(Scan scan, Speech speech)
    {
        if (scan[0] is not '\n')
            return false;
        scan.Skip(1);
        while (scan[0] is '\n')
            scan.Skip(1);
        speech.Line(sentenceEnds: !char.IsLower(scan[0]));
        return true;
    }

    public static bool ReadBlank(Scan scan, Speech speech)
    {
        if (IsBullet(scan))
            scan.Skip(2);
        else if (scan[0] is ' ' or '\t')
        {
            if (scan[0] == '\t')
                speech.Pause(',');
            scan.Skip(1);
        }
        else
            return false;
        return true;
    }

    public static bool Read(Scan scan, Speech speech)
    {
        var mark = scan[0];
        if (mark is '.' && IsInitial(scan))
            speech.Pause(',');
        else if (mark is '.' or ',' or ';' or ':' or '!' or '?')
            speech.Pause(mark);
        else if (mark is '(' or ')' or '[' or ']' or '{' or '}' || IsDash(scan))
            speech.Pause(',');
        else
            return false;
        scan.Skip(1);
        return true;
    }

    // The last two are how a word processor's bullets arrive.
    static bool IsBullet(Scan scan) =>
        scan.LineBegins
        && scan[1] == ' '
        && (scan[0] is '-' or '–' or '+' or '*' or '•' or '·' || (scan[0] == 'o' && char.IsUpper(scan[2])));

    // "chị H. (sinh năm 1985)": the name goes on, or what is said of it.
    static bool IsInitial(Scan scan)
    {
        var next = scan[scan.Past(1)];
        return char.IsUpper(scan[-1]) && scan.Edge(-2) && (next is '(' or ',' || char.IsLower(next));
    }

    // A hyphen inside a word is no pause; a dash between words is.
    static bool IsDash(Scan scan) => scan[0] is '–' or '—' || (scan[0] is '-' && (scan[-1] == ' ' || scan[1] == ' '));
}
