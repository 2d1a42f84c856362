using Loa.Audio;

namespace Loa.Speaker.Playing;

/// <summary>The sound of an approved bulletin.</summary>
sealed class OpusSource(OggOpus sound) : ISource
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
