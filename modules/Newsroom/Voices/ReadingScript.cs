using System.Security.Cryptography;
using System.Text;
using Loa.Vietnamese;

namespace Loa.Newsroom.Voices;

/// <summary>One sentence of a script.</summary>
/// <param name="Key">What makes two of them sound alike.</param>
/// <param name="Pause">The silence after it.</param>
sealed record ReadingLine(string Key, string Text, TimeSpan Pause);

/// <summary>What a voice is to read, and how: a text written out for reading, sentence by sentence.</summary>
sealed record ReadingScript(string Key, IVoice Voice, ReadingPace Pace, string Spoken, IReadOnlyList<ReadingLine> Lines)
{
    public static ReadingScript Of(string text, IVoice voice, ReadingPace pace)
    {
        var spoken = Reading.Aloud(text);
        return new(
            KeyOf(voice, pace, spoken),
            voice,
            pace,
            spoken,
            [
                .. Sentences
                    .Of(spoken)
                    .Where(s => s.Syllables > 0)
                    .Select(s => new ReadingLine(KeyOf(voice, pace, "\0" + s.Text), s.Text, s.Pause)),
            ]
        );
    }

    /// <summary>How long it will sound; a sentence that was read before is known.</summary>
    public TimeSpan Estimate(Func<string, TimeSpan?> known) =>
        Lines.Aggregate(
            TimeSpan.Zero,
            (sum, line) =>
                sum
                + (known(line.Key) ?? Voice.Estimate(line.Text, Pace) + 2 * SpeechPipeline.Edge)
                + SilenceAfter(line)
        );

    /// <summary>What lies between two sentences besides the silence that each has around it.</summary>
    public static TimeSpan SilenceAfter(ReadingLine line) =>
        line.Pause == TimeSpan.Zero ? TimeSpan.Zero : line.Pause - 2 * SpeechPipeline.Edge;

    // SHA-256 over the way of making, the voice, its pace and what it reads; no part before the last holds the separator.
    static string KeyOf(IVoice voice, ReadingPace pace, string spoken) =>
        Convert.ToHexStringLower(
            SHA256.HashData(
                Encoding.UTF8.GetBytes(
                    $"{SpeechPipeline.Version}\0{voice.Name}\0{voice.Version}\0{pace.SyllablesPerMinute}\0{spoken}"
                )
            )
        );
}
