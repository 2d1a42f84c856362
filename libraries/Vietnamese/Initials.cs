namespace Loa.Vietnamese;

/// <summary>Reads letters with points between them: N.V.A. is a person's name made short, C.L.B an abbreviation.</summary>
static class Initials
{
    const int most = 6;

    public static bool Read(Scan scan, Speech speech) => ReadApart(scan, speech) || ReadPointed(scan, speech);

    // U B N D: only what is known so.
    static bool ReadApart(Scan scan, Speech speech)
    {
        var letters = 1;
        while (
            letters < most
            && scan[2 * letters - 1] == ' '
            && char.IsUpper(scan[2 * letters])
            && scan.Edge(2 * letters + 1)
        )
            letters++;
        if (letters < 3 || !char.IsUpper(scan[0]) || !scan.Edge(-1))
            return false;
        var written = scan.Peek(0, 2 * letters - 1).ToString().Replace(" ", "", StringComparison.Ordinal);
        if (!WordList.Abbreviations.TryFind(written, out var said))
            return false;
        scan.Skip(2 * letters - 1);
        speech.Word(written, said);
        return true;
    }

    static bool ReadPointed(Scan scan, Speech speech)
    {
        var letters = 0;
        while (char.IsUpper(scan[2 * letters]) && scan[2 * letters + 1] == '.' && letters < most)
            letters++;
        var last = char.IsUpper(scan[2 * letters]) && scan.Edge(2 * letters + 1) ? 1 : 0;
        if (letters + last < 2 || !scan.Edge(-1) || (last == 0 && !scan.Edge(2 * letters)))
            return false;
        var written = scan.Take(2 * letters - 1 + 2 * last).ToString().Replace(".", "", StringComparison.Ordinal);
        // "bà T.T.B." is somebody whose name is not told.
        if (!Context.Aged.Contains(speech.Before) && WordList.Abbreviations.TryFind(written, out var said))
            speech.Word(written, said);
        else
            speech.Letters(written, Acronym.Spell(written));
        return true;
    }
}
