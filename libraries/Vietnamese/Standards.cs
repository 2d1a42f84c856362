using System.Text;

namespace Loa.Vietnamese;

/// <summary>Reads the numbers of technical standards: QCVN 01-1:2018, TCVN ISO 9001:2015.</summary>
static class Standards
{
    public static bool Read(Scan scan, Speech speech)
    {
        if (!scan.NumberBegins || !Context.Standard.Contains(speech.Written.ToLowerInvariant()))
            return false;
        var said = new StringBuilder(Part(scan.Take(scan.Digits())));
        while (scan[0] is '-' or '.' or ':' && char.IsLetterOrDigit(scan[1]))
        {
            var year = scan[0] == ':';
            scan.Skip(1);
            var digits = scan.Digits();
            said.Append(year ? " năm " : " ");
            said.Append(digits > 0 ? Part(scan.Take(digits)) : Acronym.Spell(scan.Take(scan.Letters())));
        }
        speech.Figure(said.ToString());
        return true;
    }

    static string Part(ReadOnlySpan<char> digits) =>
        digits[0] == '0' ? Numerals.Digits(digits) : Numerals.Cardinal(digits);
}
