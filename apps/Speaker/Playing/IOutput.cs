namespace Loa.Speaker.Playing;

/// <summary>Where sound goes: a sound card, a recording, nowhere.</summary>
public interface IOutput
{
    /// <param name="name">What is about to sound; a recording is called so.</param>
    IVoice Open(string name);
}

/// <summary>One sound on its way out: mono, 48 kHz.</summary>
public interface IVoice : IDisposable
{
    /// <summary>False when nobody hears it, so that nothing need be decoded.</summary>
    bool IsHeard { get; }

    /// <summary>How far ahead of its moment sound may be handed over.</summary>
    TimeSpan Lead { get; }

    void Write(ReadOnlySpan<short> pcm);

    /// <summary>Returns when the last sample has been heard.</summary>
    void Finish();
}
