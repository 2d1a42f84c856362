using Loa.Audio;
using Loa.Kernel;
using Loa.Papers;

namespace Loa.Newsroom.Voices;

/// <summary>
/// Puts the sentences of a script together into the sound that goes over the air, with the right silence between them. The whole is
/// measured (EBU R128, true peak) as it is put together; if the parts did not make it as loud as all, it is levelled as one.
/// </summary>
sealed class SentenceJoin(PaperStore papers, RenderingFolders folders, RenderingTime time, TimeProvider clock)
{
    public Task<Rendering> Run(ReadingScript script, IReadOnlyList<Part> parts, CancellationToken cancel) =>
        time.Limit(stop => Join(script, parts, stop), cancel);

    async Task<Rendering> Join(ReadingScript script, IReadOnlyList<Part> parts, CancellationToken cancel)
    {
        using var folder = folders.Open(script.Spoken.Length);
        var (joined, master, air) = (folder["joined.wav"], folder["master.flac"], folder["air.opus"]);
        var (peaks, measured) = Measure(parts);
        Paper? masterPaper = null;
        if (Loudness.Holds(measured))
            JoinAir(parts, air);
        else
        {
            JoinMasters(parts, joined);
            measured = await Loudness.Level(joined, master, cancel);
            await Ffmpeg.EncodeMaster(master, air, cancel);
            masterPaper = await papers.PutFile(master, cancel);
        }
        var airPaper = await papers.PutFile(air, cancel);
        return new Rendering
        {
            Key = script.Key,
            Voice = script.Voice.Name,
            Spoken = script.Spoken,
            Master = masterPaper?.Digest ?? "",
            Digest = airPaper.Digest,
            Length = airPaper.Length,
            Bytes = airPaper.Length + (masterPaper?.Length ?? 0),
            DurationMs = (long)measured.Duration.TotalMilliseconds,
            Loudness = Math.Round(measured.IntegratedLufs, 1),
            TruePeak = Math.Round(measured.TruePeakDbtp, 1),
            Peaks = PeakText.Write(peaks),
            At = clock.Moment(),
            TakenAt = clock.Moment(),
        };
    }

    /// <summary>The master of what was as loud as all by its parts.</summary>
    public Task<Paper> Master(ReadingScript script, IReadOnlyList<Part> parts, CancellationToken cancel) =>
        time.Limit(stop => Pack(script, parts, stop), cancel);

    async Task<Paper> Pack(ReadingScript script, IReadOnlyList<Part> parts, CancellationToken cancel)
    {
        using var folder = folders.Open(script.Spoken.Length);
        var (joined, master) = (folder["joined.wav"], folder["master.flac"]);
        JoinMasters(parts, joined);
        await Ffmpeg.EncodeFlac(joined, master, cancel);
        return await papers.PutFile(master, cancel);
    }

    static void JoinMasters(IReadOnlyList<Part> parts, string path)
    {
        using var joined = new WavWriter(path, Ffmpeg.SampleRateHz);
        foreach (var samples in Samples(parts))
            joined.Write(samples);
    }

    static (float[] Peaks, Measured Measured) Measure(IReadOnlyList<Part> parts)
    {
        var (waveform, meter) = (new Waveform(), new LoudnessMeter(Ffmpeg.SampleRateHz));
        foreach (var samples in Samples(parts))
        {
            waveform.Add(samples);
            meter.Add(samples);
        }
        return (waveform.Peaks(PeakText.Bars), meter.Measured);
    }

    // One at a time: a long text takes no more memory than a short one.
    static IEnumerable<float[]> Samples(IReadOnlyList<Part> parts)
    {
        foreach (var (sound, silence) in parts)
        {
            yield return Wav.Read(sound.Master).Samples;
            yield return new float[(int)(silence.TotalSeconds * Ffmpeg.SampleRateHz)];
        }
    }

    static void JoinAir(IReadOnlyList<Part> parts, string path)
    {
        using var air = File.Create(path);
        OpusJoin.Join([.. parts.Select(part => new OpusJoin.Part(Opened(part.Sound), part.Silence))], air);
    }

    static OggOpus Opened(SentenceSound sound) =>
        OggOpus.TryOpen(File.ReadAllBytes(sound.Air), out var opened) == OggFault.None
            ? opened!
            : throw new InvalidDataException($"The sentence {sound.Key} is no Opus file any more.");

    /// <param name="Silence">What follows it.</param>
    internal readonly record struct Part(SentenceSound Sound, TimeSpan Silence);
}
