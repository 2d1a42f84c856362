using Loa.Audio;

namespace Loa.Speaker.Playing;

/// <summary>Records what would be heard, one WAV file for each play, for tests and demonstrations.</summary>
sealed class WavOutput(string folder) : IOutput
{
    public IVoice Open(string name)
    {
        Directory.CreateDirectory(folder);
        return new Recording(new WavWriter(Path.Combine(folder, $"{name}.wav"), OggOpus.SampleRateHz));
    }

    sealed class Recording(WavWriter file) : IVoice
    {
        public bool IsHeard => true;

        public TimeSpan Lead => TimeSpan.Zero;

        public void Write(ReadOnlySpan<short> pcm)
        {
            file.Write(pcm);
            file.Flush();
        }

        public void Finish() => file.Finish();

        public void Dispose() => file.Dispose();
    }
}
