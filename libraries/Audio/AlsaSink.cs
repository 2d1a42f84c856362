namespace Loa.Audio;

/// <summary>Plays 16-bit sound on a sound card.</summary>
public sealed class AlsaSink : IDisposable
{
    readonly AlsaHandle handle;
    readonly string device;
    readonly int sampleRateHz;
    readonly int channels;

    /// <param name="device">As <c>aplay -L</c> names it: <c>default</c>, <c>plughw:0</c>; <c>null</c> swallows all.</param>
    /// <param name="latency">How much sound the card holds; less reacts faster, more survives a busy machine.</param>
    /// <exception cref="ToolMissingException">libasound is not installed.</exception>
    /// <exception cref="AlsaException">There is no such device, or it is busy, or cannot play this.</exception>
    public AlsaSink(string device, int sampleRateHz, int channels, TimeSpan latency)
    {
        (this.device, this.sampleRateHz, this.channels) = (device, sampleRateHz, channels);
        handle = Open();
        var error = AlsaLibrary.SetParameters(
            handle,
            AlsaLibrary.Signed16LittleEndian,
            AlsaLibrary.Interleaved,
            (uint)channels,
            (uint)sampleRateHz,
            resample: 1,
            (uint)latency.TotalMicroseconds
        );
        if (error < 0)
        {
            handle.Dispose();
            throw Failure("take this kind of sound", error);
        }
    }

    /// <summary>How many times the card ran dry and the sound had a gap.</summary>
    public int Gaps { get; private set; }

    /// <summary>How long until a sample written now is heard.</summary>
    public TimeSpan Delay =>
        AlsaLibrary.Delay(handle, out var frames) < 0
            ? TimeSpan.Zero
            : TimeSpan.FromSeconds(Math.Max(0, (double)frames) / sampleRateHz);

    /// <summary>Gives sound to the card; waits while the card is full.</summary>
    /// <exception cref="AlsaException">The card is gone.</exception>
    public unsafe void Write(ReadOnlySpan<short> samples)
    {
        fixed (short* start = samples)
        {
            var frames = samples.Length / channels;
            for (var written = 0; written < frames; )
            {
                var result = (int)
                    AlsaLibrary.Write(handle, start + (nint)written * channels, (nuint)(frames - written));
                if (result >= 0)
                    written += result;
                else
                    Recover(result);
            }
        }
    }

    /// <summary>Waits until all that was written has been heard, and makes the card ready for more.</summary>
    public void Drain()
    {
        Check("play to the end", AlsaLibrary.Drain(handle));
        Check("get ready", AlsaLibrary.Prepare(handle));
    }

    /// <summary>Falls silent at once, and makes the card ready for more.</summary>
    public void Drop()
    {
        Check("stop", AlsaLibrary.Drop(handle));
        Check("get ready", AlsaLibrary.Prepare(handle));
    }

    public void Dispose() => handle.Dispose();

    AlsaHandle Open()
    {
        try
        {
            var error = AlsaLibrary.Open(out var pcm, device, AlsaLibrary.Playback, AlsaLibrary.Blocking);
            return error < 0 ? throw Failure("open", error) : new AlsaHandle(pcm);
        }
        catch (DllNotFoundException)
        {
            throw new ToolMissingException("libasound", "libasound2");
        }
    }

    void Recover(int error)
    {
        Gaps++;
        Check("go on", AlsaLibrary.Recover(handle, error, silent: 1));
    }

    void Check(string action, int error)
    {
        if (error < 0)
            throw Failure(action, error);
    }

    AlsaException Failure(string action, int error) => new(device, action, AlsaLibrary.Explain(error));
}
