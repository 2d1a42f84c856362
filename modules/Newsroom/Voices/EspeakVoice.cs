using Loa.Audio;

namespace Loa.Newsroom.Voices;

/// <summary>One of espeak-ng's Vietnamese voices: robotic, but on every machine and without a network.</summary>
sealed class EspeakVoice(string name) : IVoice
{
    // Measured over the golden texts (VoiceSpeedTests).
    static readonly Dictionary<string, Habit> habits = new(StringComparer.Ordinal)
    {
        ["vi"] = new(1.549, -4.7, 55.7, 49.3, 64.1),
        ["vi-vn-x-central"] = new(1.547, -6.5, 55.5, 51.3, 69.9),
        ["vi-vn-x-south"] = new(1.507, -7.7, 55.5, 51.4, 68.7),
    };

    // At a comma the engine is silent for a third of a second, at a colon for longer than we are at a full stop.
    const double share = 0.6;
    static readonly TimeSpan breath = TimeSpan.FromMilliseconds(150);

    readonly Habit habit = habits[name];

    public string Name => name;

    public string LabelKey => "voice." + name;

    public string Version => "2";

    public async Task Speak(string text, ReadingPace pace, string outputPath, CancellationToken cancel)
    {
        await Espeak.Speak(text, name, habit.WordsPerMinute(pace), outputPath, cancel);
        var said = Quiet.Shorten(Wav.Read(outputPath), breath, share);
        using var writer = new WavWriter(outputPath, said.SampleRateHz);
        writer.Write(said.Samples);
    }

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
