using Loa.Audio;

namespace Loa.Speaker.Playing;

/// <summary>Records what would be heard, one WAV file for each play, for tests and demonstrations.</summary>
/// <param name="perHorn">One channel for each horn instead of one for all.</param>
sealed class WavOutput(string folder, bool perHorn) : IOutput
{
    public bool IsHeard => true;

    public ITrack Open(int horns, TimeProvider clock)
    {
        Directory.CreateDirectory(folder);
        return new Recording(folder, perHorn ? horns : 1, clock);
    }

    sealed class Recording(string folder, int channels, TimeProvider clock) : ITrack
    {
        readonly SampleClock samples = new(clock);
        WavWriter? file;

        public int Channels => channels;

        public TimeSpan Delay => samples.Delay;

        public void Name(string? name)
        {
            file?.Dispose();
            file = name is null
                ? null
                : new WavWriter(Path.Combine(folder, $"{name}.wav"), OggOpus.SampleRateHz, channels);
        }

        public void Write(ReadOnlySpan<short> pcm)
        {
            samples.Give(pcm.Length / channels);
            file?.Write(pcm);
            file?.Flush();
        }

        public void Finish() => file?.Finish();

        public void Dispose() => file?.Dispose();
    }
}
