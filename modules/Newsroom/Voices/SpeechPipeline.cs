using Loa.Audio;
using Loa.Kernel;

namespace Loa.Newsroom.Voices;

/// <summary>
/// The way from words to sound, a sentence at a time: voice → silence cut → level (EBU R128) → Ogg Opus → kept.
/// Whatever stops it, nothing half is left where anybody looks.
/// </summary>
sealed class SpeechPipeline(SentenceStore sentences, RenderingFolders folders)
{
    /// <summary>Another version makes another sound of the same text; raised when a step changes what is heard.</summary>
    public const string Version = "3";

    /// <summary>The silence that each sentence has before and after it.</summary>
    public static readonly TimeSpan Edge = TimeSpan.FromMilliseconds(100);

    /// <summary>Null when the voice says nothing of it.</summary>
    public async Task<SentenceSound?> Run(ReadingLine line, IVoice voice, ReadingPace pace, CancellationToken cancel)
    {
        using var folder = folders.Open(line.Text.Length);
        var (raw, cut, master, air) = (
            folder["voice.wav"],
            folder["cut.wav"],
            folder["master.wav"],
            folder["air.opus"]
        );
        await voice.Speak(line.Text, pace, raw, cancel);
        var said = Quiet.Trim(Wav.Read(raw), Edge);
        var meter = new LoudnessMeter(said.SampleRateHz);
        meter.Add(said.Samples);
        // What the voice has no sound for is no fault of the other sentences.
        if (meter.Measured is not { Silent: false } heard)
            return null;
        using (var writer = new WavWriter(cut, said.SampleRateHz))
            writer.Write(said.Samples);
        await Loudness.Level(cut, heard, master, cancel);
        await Ffmpeg.EncodeMaster(master, air, cancel);
        return sentences.Put(line.Key, master, air);
    }
}
