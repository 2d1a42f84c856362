namespace Loa.Speaker.Playing;

/// <summary>Nobody hears it: all is done in its time but decoded by nobody, so that one machine can be a thousand speakers.</summary>
sealed class NullOutput : IOutput
{
    public IVoice Open(string name) => new Nothing();

    sealed class Nothing : IVoice
    {
        public bool IsHeard => false;

        public TimeSpan Lead => TimeSpan.Zero;

        public void Write(ReadOnlySpan<short> pcm) { }

        public void Finish() { }

        public void Dispose() { }
    }
}
