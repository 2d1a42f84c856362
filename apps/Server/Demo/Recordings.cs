using System.Globalization;
using Loa.Audio;

namespace Loa.Server.Demo;

/// <summary>What the software speakers played, compared with what was approved.</summary>
static class Recordings
{
    /// <summary>Half a second either way: a recording begins with the play.</summary>
    static readonly TimeSpan Window = TimeSpan.FromSeconds(0.5);

    /// <summary>How many of the newest recordings, one a speaker, hold the sound (normalised cross-correlation ≥ 0.95), and the worst figure.</summary>
    public static (int Matching, string Worst) Compare(string folder, byte[] opus)
    {
        var source = Decode(opus);
        var worst = 1.0;
        var matching = 0;
        foreach (var recording in Newest(folder))
        {
            var match = Correlation.Best(source, Wav.Read(recording), Window).Coefficient;
            worst = Math.Min(worst, match);
            if (match >= 0.95)
                matching++;
        }
        return (matching, worst.ToString("0.000", CultureInfo.InvariantCulture));
    }

    /// <summary>The share of the sound's own strength that the quietest of the newest recordings has.</summary>
    public static double Quietest(string folder, byte[] opus)
    {
        var source = Strength(Decode(opus));
        return Newest(folder).Min(recording => Strength(Wav.Read(recording)) / source);
    }

    static IEnumerable<string> Newest(string folder) =>
        Directory
            .EnumerateFiles(folder, "*.wav", SearchOption.AllDirectories)
            .GroupBy(Path.GetDirectoryName)
            .Select(g => g.MaxBy(File.GetLastWriteTimeUtc)!);

    static double Strength(Sound sound) =>
        Math.Sqrt(sound.Samples.ToArray().Average(sample => (double)sample * sample));

    public static Sound Decode(byte[] opus)
    {
        if (OggOpus.TryOpen(opus, out var file) is not OggFault.None || file is null)
            throw new InvalidDataException("The approved sound is not Ogg Opus.");
        using var playback = new OpusPlayback(file);
        var pcm = new short[file.Samples];
        var read = playback.Read(pcm);
        return new([.. pcm.Take(read).Select(s => s / 32768f)], OggOpus.SampleRateHz);
    }
}
