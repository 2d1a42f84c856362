using System.Text;

namespace Loa.Vietnamese;

/// <summary>Writes a text out as it is to be read aloud: numbers, dates, units and abbreviations become words.</summary>
public static class Reading
{
    // The first rule that knows what stands here reads it. Each looks only a few letters ahead,
    // so that the time grows with the length of the text and with nothing else.
    static readonly Func<Scan, Speech, bool>[] rules =
    [
        Pauses.ReadLine,
        Ranges.Read,
        Pauses.ReadBlank,
        Romans.Read,
        Addresses.Read,
        Abbreviations.Read,
        Telephones.Read,
        Hours.Read,
        Dates.Read,
        Figures.Read,
        PlainWords.Read,
        Pauses.Read,
        Signs.Read,
    ];

    public static string Aloud(string text)
    {
        var scan = new Scan(text.Normalize(NormalizationForm.FormC));
        var speech = new Speech();
        while (!scan.Ended)
        {
            if (!Array.Exists(rules, rule => rule(scan, speech)))
                scan.Skip(1);
        }
        return speech.ToString();
    }
}
