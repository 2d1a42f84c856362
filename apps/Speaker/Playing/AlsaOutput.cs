using Loa.Audio;

namespace Loa.Speaker.Playing;

/// <summary>A sound card, with a channel for each horn if it has so many.</summary>
sealed class AlsaOutput(string device) : IOutput
{
    // More than is ever given ahead, so that giving never waits.
    static readonly TimeSpan room = TimeSpan.FromMilliseconds(120);

    public bool IsHeard => true;

    public ITrack Open(int horns, TimeProvider clock)
    {
        try
        {
            return Open(horns);
        }
        catch (AlsaException) when (horns > 1)
        {
            return Open(1);
        }
    }

    Card Open(int channels) => new(new AlsaSink(device, OggOpus.SampleRateHz, channels, room), channels);

    sealed class Card(AlsaSink sink, int channels) : ITrack
    {
        public int Channels => channels;

        public TimeSpan Delay => sink.Delay;

        public void Name(string? name) { }

        public void Write(ReadOnlySpan<short> pcm) => sink.Write(pcm);

        public void Finish() => sink.Drain();

        public void Dispose() => sink.Dispose();
    }
}
