using Loa.Audio;

namespace Loa.Newsroom.Voices;

/// <summary>One of espeak-ng's Vietnamese voices: robotic, but on every machine and without a network.</summary>
sealed class EspeakVoice(string name) : IVoice
{
    // Measured over the golden texts (VoiceSpeedTests).
    static readonly Dictionary<string, Habit> habits = new(StringComparer.Ordinal)
    {
        ["vi"] = new(1.567, -10.6, 54.3, 65.5, 106),
        ["vi-vn-x-central"] = new(1.533, -8.3, 53.3, 67.2, 114),
        ["vi-vn-x-south"] = new(1.483, -8.3, 54.6, 65, 107),
    };

    readonly Habit habit = habits[name];

    public string Name => name;

    public string LabelKey => "voice." + name;

    public string Version => "1";

    public Task Speak(string text, ReadingPace pace, string outputPath, CancellationToken cancel) =>
        Espeak.Speak(text, name, habit.WordsPerMinute(pace), outputPath, cancel);

    public TimeSpan Estimate(string text, ReadingPace pace) =>
        TimeSpan.FromMinutes(habit.Syllables(text) / pace.SyllablesPerMinute);

    /// <summary>What the engine makes of its own measure of speed, and how many syllables its pauses are worth.</summary>
    sealed record Habit(double PerWord, double Offset, double Share, double Comma, double Stop)
    {
        public int WordsPerMinute(ReadingPace pace) => (int)Math.Round((pace.SyllablesPerMinute - Offset) / PerWord);

        // In the last place a mark is no pause inside the sentence.
        public double Syllables(string text) =>
            (
                Share * text.Split(' ').Count(word => word.Any(char.IsLetterOrDigit))
                + Comma * text.AsSpan(0, Math.Max(0, text.Length - 1)).Count(',')
                + Stop * (text.AsSpan(0, Math.Max(0, text.Length - 1)).CountAny(';', ':', '.', '!', '?'))
            ) / 60;
    }
}
