namespace Loa.Vietnamese;

/// <summary>Reads what a laboratory found, NS1 (+) and HBsAg (-), and kinds of blood: nhóm A-, O+.</summary>
static class Findings
{
    public static bool Read(Scan scan, Speech speech) => ReadFound(scan, speech) || ReadBlood(scan, speech);

    static bool ReadFound(Scan scan, Speech speech)
    {
        if (scan[0] != '(' || scan[1] is not ('+' or '-' or '–') || scan[2] != ')')
            return false;
        speech.Join(scan[1] == '+' ? "dương tính" : "âm tính");
        scan.Skip(3);
        return true;
    }

    static bool ReadBlood(Scan scan, Speech speech)
    {
        if (scan[0] is not ('+' or '-' or '–') || char.IsLetterOrDigit(scan[1]))
            return false;
        // AB+, O Rh-
        var letters = scan.Back(char.IsLetter);
        if (scan.Peek(-letters, letters) is not ("A" or "B" or "O" or "AB" or "Rh") || !speech.Near(Context.Blood, 8))
            return false;
        speech.Join(scan[0] == '+' ? "cộng" : "trừ");
        scan.Skip(1);
        return true;
    }
}
