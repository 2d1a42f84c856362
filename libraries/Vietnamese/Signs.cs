namespace Loa.Vietnamese;

/// <summary>Reads the signs that have a name where they mean something; drops the others.</summary>
static class Signs
{
    public static bool Read(Scan scan, Speech speech)
    {
        var sign = scan[0];
        if (char.IsLetter(sign) || char.IsNumber(sign) || char.IsSurrogate(sign))
            return false;
        var run = scan.Run(0, sign.Equals);
        if (run > 1)
            speech.Pause(',');
        else if (sign == '/')
            run = ReadSlash(scan, speech);
        else if (Units.Find(scan, 0, out var unit) == 1 && (speech.AfterFigure || sign == '%'))
            speech.Unit(unit);
        else if (WordList.Signs.TryFind(scan.Peek(0, 1), out var said) && HasMeaning(scan, speech))
            speech.Join(said);
        scan.Skip(run);
        return true;
    }

    // 3/4 is a share, 70 người/ngày a rate, 45/QĐ-UBND the number of a document, anh/chị either.
    static int ReadSlash(Scan scan, Speech speech)
    {
        var next = scan[1];
        var listed =
            Context.Named.Contains(speech.Lead.ToLowerInvariant()) && Context.Named.Contains(scan.WordAfter(1));
        if (next == ' ' || (speech.AfterFigure && (listed || speech.Kind == FigureKind.Dialled)))
            speech.Pause(',');
        else if (char.IsAsciiDigit(scan[-1]) && char.IsUpper(next))
            speech.Pause(',');
        else if (speech.SinceFigure <= 2 && IsJoined(scan) && Units.ReadRate(scan, speech))
            return 0;
        else if (IsJoined(scan) && (char.IsAsciiDigit(next) || (char.IsLower(next) && speech.SinceFigure <= 2)))
            speech.Join("trên", since: 1);
        return 1;
    }

    static bool IsJoined(Scan scan) => char.IsLetterOrDigit(scan[-1]) || scan[-1] is '%' or '°' or '\'';

    static bool HasMeaning(Scan scan, Speech speech)
    {
        var next = scan[scan.Past(1)];
        // <nội dung> is a bracket.
        if (
            scan[0] == '<'
            && scan[1 + scan.Run(1, letter => letter is not ('<' or '>' or '\n' or '\0') && !char.IsDigit(letter))]
                == '>'
        )
            return false;
        if (scan.LineBegins && scan[0] is '+' && char.IsLetter(next))
            return false;
        return char.IsLetterOrDigit(next)
            || next is '-' or '$'
            || (scan[0] is '+' && (speech.AfterFigure || char.IsLetter(scan[-1])));
    }
}
