using Loa.Audio;

namespace Loa.Newsroom.Voices;

/// <summary>One of espeak-ng's Vietnamese voices: robotic, but on every machine and without a network.</summary>
sealed class EspeakVoice(string name) : IVoice
{
    // Slower than its habit: a horn across a field smears the syllables.
    const int WordsPerMinute = 160;

    public string Name => name;

    public string LabelKey => "voice." + name;

    public Task Speak(string text, string outputPath, CancellationToken cancel) =>
        Espeak.Speak(text, name, WordsPerMinute, outputPath, cancel);
}
