using Loa.Audio;

namespace Loa.Speaker.Playing;

/// <summary>Where the samples of one sound come from.</summary>
interface ISource : IDisposable
{
    long Length { get; }

    void Seek(long sample);

    /// <summary>Fills memory with the next samples; fewer than asked only at the end.</summary>
    int Read(Span<short> pcm);
}

/// <summary>The sound of an approved bulletin.</summary>
sealed class Bulletin(OggOpus sound) : ISource
{
    readonly OpusPlayback playback = new(sound);

    public long Length => sound.Samples;

    public void Seek(long sample)
    {
        if (sample != playback.Position)
            playback.Seek(Samples.Time(sample));
    }

    public int Read(Span<short> pcm) => playback.Read(pcm);

    public void Dispose() => playback.Dispose();
}
