using System.Text;

namespace Loa.Audio;

/// <summary>Speaks a text with espeak-ng, the voice that every machine can have.</summary>
public static class Espeak
{
    public const int LongestText = 200_000;

    static readonly Tool tool = new("espeak-ng", "espeak-ng");
    static readonly TimeSpan patience = TimeSpan.FromMinutes(5);

    /// <summary>North, centre and south.</summary>
    public static readonly IReadOnlyList<string> Voices = ["vi", "vi-vn-x-central", "vi-vn-x-south"];

    /// <param name="outputPath">A WAV file whose head does not know its length.</param>
    /// <exception cref="ArgumentException">There is nothing to say, or too much, or the voice is not one of ours.</exception>
    public static async Task Speak(
        string text,
        string voice,
        int wordsPerMinute,
        string outputPath,
        CancellationToken cancel
    )
    {
        if (!text.Any(char.IsLetterOrDigit))
            throw new ArgumentException("There is nothing to say.", nameof(text));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(text.Length, LongestText);
        ArgumentOutOfRangeException.ThrowIfLessThan(wordsPerMinute, 80);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(wordsPerMinute, 450);
        if (!Voices.Contains(voice))
            throw new ArgumentException($"espeak-ng has no voice {voice} for us.", nameof(voice));
        // Written by us: it ends with code 0 even when the disk took nothing, or half, of what it said.
        await using var file = new FileStream(
            outputPath,
            FileMode.Create,
            FileAccess.Write,
            FileShare.None,
            bufferSize: 0
        );
        await tool.Run(
            ["-v", voice, "-s", $"{wordsPerMinute}", "-b", "1", "--stdin", "--stdout"],
            Encoding.UTF8.GetBytes(Plain(text)),
            file,
            patience,
            cancel
        );
    }

    // espeak-ng takes control characters for commands and double brackets for phonemes.
    static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var letter in text)
        {
            if (letter is '\n' || !char.IsControl(letter))
                plain.Append(letter is '[' or ']' ? ' ' : letter);
            else
                plain.Append(' ');
        }
        return plain.ToString();
    }
}
