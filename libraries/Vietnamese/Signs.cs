namespace Loa.Vietnamese;

/// <summary>Reads the signs that have a name where they mean something; drops the others.</summary>
static class Signs
{
    public static bool Read(Scan scan, Speech speech)
    {
        var sign = scan[0];
        if (sign == '/')
            ReadSlash(scan, speech);
        else if (Figures.Unit(scan, 0, out var unit) == 1 && speech.AfterFigure)
            speech.Figure(unit);
        else if (WordList.Signs.TryFind(scan.Peek(0, 1), out var said) && HasMeaning(scan))
            speech.Join(said);
        scan.Skip(1);
        return true;
    }

    // 3/4 is a share, 70 người/ngày a rate, 45/QĐ-UBND the number of a document, anh/chị either.
    static void ReadSlash(Scan scan, Speech speech)
    {
        var next = scan[1];
        if (char.IsAsciiDigit(scan[-1]) && char.IsUpper(next))
            speech.Pause(',');
        else if (char.IsAsciiDigit(next) || (char.IsLower(next) && speech.SinceFigure <= 2))
            speech.Join("trên");
    }

    static bool HasMeaning(Scan scan)
    {
        var next = scan[scan[1] == ' ' ? 2 : 1];
        return char.IsLetterOrDigit(next) || next is '-' or '−';
    }
}
