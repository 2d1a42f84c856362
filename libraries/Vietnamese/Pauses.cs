namespace Loa.Vietnamese;

/// <summary>Reads what makes a reader pause: marks, brackets, dashes and the ends of lines.</summary>
static class Pauses
{
    // Lines end a sentence when the next one begins like a new sentence or an item of a list.
    public static bool ReadLine(Scan scan, Speech speech)
    {
        if (scan[0] is not ('\n' or '\r'))
            return false;
        scan.Skip(1);
        while (scan[0] is '\n' or '\r' or ' ' or '\t' or '\u00A0')
            scan.Skip(1);
        speech.Line(sentenceEnds: !char.IsLower(scan[0]));
        return true;
    }

    public static bool ReadBlank(Scan scan, Speech speech)
    {
        if (IsBullet(scan))
            scan.Skip(2);
        else if (char.IsWhiteSpace(scan[0]))
            scan.Skip(1);
        else
            return false;
        return true;
    }

    public static bool Read(Scan scan, Speech speech)
    {
        var mark = scan[0];
        if (mark is '.' or ',' or ';' or ':' or '!' or '?')
            speech.Pause(mark);
        else if (mark is '…')
            speech.Pause('.');
        else if (mark is '(' or ')' or '[' or ']' or '{' or '}' || IsDash(scan))
            speech.Pause(',');
        else
            return false;
        scan.Skip(1);
        return true;
    }

    static bool IsBullet(Scan scan) => scan[0] is '-' or '–' or '+' or '*' or '•' && scan[1] == ' ' && scan.LineBegins;

    // A hyphen inside a word is no pause; a dash between words is.
    static bool IsDash(Scan scan) => scan[0] is '-' or '–' or '—' && (scan[-1] == ' ' || scan[1] == ' ');
}
