using System.Globalization;
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
        Findings.Read,
        Ranges.Read,
        Pauses.ReadBlank,
        Romans.Read,
        Addresses.Read,
        Identities.Read,
        Telephones.Read,
        Initials.Read,
        Abbreviations.Read,
        Scores.Read,
        Hours.Read,
        Standards.Read,
        Dates.Read,
        Fractions.Read,
        Figures.Read,
        Units.ReadTimes,
        PlainWords.Read,
        Pauses.Read,
        Signs.Read,
        SkipUnsaid,
    ];

    public static string Aloud(string text) => Read(text).Text;

    /// <summary>Also tells what of the text is not heard.</summary>
    public static SpokenText Read(string text)
    {
        var scan = new Scan(Cleaning.Of(text));
        var speech = new Speech();
        while (!scan.Ended)
            _ = Array.Exists(rules, rule => rule(scan, speech));
        return new(speech.ToString(), [.. speech.NotSaid.Distinct()], [.. speech.LetterByLetter.Distinct()]);
    }

    static bool SkipUnsaid(Scan scan, Speech speech)
    {
        var length = char.IsSurrogatePair(scan[0], scan[1]) ? 2 : 1;
        var sign = scan.Take(length);
        if (
            Rune.DecodeFromUtf16(sign, out var rune, out _) == System.Buffers.OperationStatus.Done
            && (Rune.IsLetter(rune) || Rune.IsNumber(rune))
        )
            speech.Unsaid(sign);
        return true;
    }
}
