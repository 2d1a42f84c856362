using Loa.Audio;

namespace Loa.Speaker.Playing;

/// <summary>A sound card.</summary>
sealed class AlsaOutput(string device) : IOutput
{
    // Short enough that something more pressing cuts in within a tenth of a second.
    static readonly TimeSpan latency = TimeSpan.FromMilliseconds(40);

    public IVoice Open(string name) => new Card(new AlsaSink(device, OggOpus.SampleRateHz, 1, latency));

    sealed class Card(AlsaSink sink) : IVoice
    {
        public bool IsHeard => true;

        // The card's own clock sets the pace: it takes no more than it can hold.
        public TimeSpan Lead => TimeSpan.FromSeconds(1);

        public void Write(ReadOnlySpan<short> pcm) => sink.Write(pcm);

        public void Finish() => sink.Drain();

        public void Dispose() => sink.Dispose();
    }
}
