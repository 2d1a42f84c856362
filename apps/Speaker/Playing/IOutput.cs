namespace Loa.Speaker.Playing;

/// <summary>Where sound goes: a sound card, a recording, nowhere.</summary>
public interface IOutput
{
    /// <summary>False when nobody hears it, so that nothing is decoded and it is never opened.</summary>
    bool IsHeard { get; }

    /// <summary>Opens it for as long as one sound follows another.</summary>
    /// <param name="horns">How many channels are wanted, one for each horn; it may have fewer.</param>
    /// <exception cref="IOException">It cannot be opened.</exception>
    ITrack Open(int horns, TimeProvider clock);
}

/// <summary>Sound on its way out, sample after sample at 48 kHz.</summary>
public interface ITrack : IDisposable
{
    int Channels { get; }

    /// <summary>How long until a sample written now is heard.</summary>
    TimeSpan Delay { get; }

    /// <summary>What the samples written from now on are called; null when they are the silence in between.</summary>
    void Name(string? name);

    /// <param name="pcm">The channels interleaved.</param>
    void Write(ReadOnlySpan<short> pcm);

    /// <summary>Returns when the last sample has been heard.</summary>
    void Finish();
}
