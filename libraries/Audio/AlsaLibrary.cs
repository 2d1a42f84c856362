using System.Runtime.InteropServices;

namespace Loa.Audio;

/// <summary>The doors of libasound that we use.</summary>
static partial class AlsaLibrary
{
    const string name = "libasound.so.2";

    public const int Playback = 0;
    public const int Blocking = 0;
    public const int Signed16LittleEndian = 2;
    public const int Interleaved = 3;

    [LibraryImport(name, EntryPoint = "snd_pcm_open", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Open(out nint pcm, string device, int direction, int mode);

    [LibraryImport(name, EntryPoint = "snd_pcm_close")]
    public static partial int Close(nint pcm);

    [LibraryImport(name, EntryPoint = "snd_pcm_set_params")]
    public static partial int SetParameters(
        AlsaHandle pcm,
        int format,
        int access,
        uint channels,
        uint sampleRateHz,
        int resample,
        uint latencyMicroseconds
    );

    [LibraryImport(name, EntryPoint = "snd_pcm_writei")]
    public static unsafe partial nint Write(AlsaHandle pcm, short* samples, nuint frames);

    [LibraryImport(name, EntryPoint = "snd_pcm_recover")]
    public static partial int Recover(AlsaHandle pcm, int error, int silent);

    [LibraryImport(name, EntryPoint = "snd_pcm_delay")]
    public static partial int Delay(AlsaHandle pcm, out nint frames);

    [LibraryImport(name, EntryPoint = "snd_pcm_prepare")]
    public static partial int Prepare(AlsaHandle pcm);

    [LibraryImport(name, EntryPoint = "snd_pcm_drain")]
    public static partial int Drain(AlsaHandle pcm);

    [LibraryImport(name, EntryPoint = "snd_pcm_drop")]
    public static partial int Drop(AlsaHandle pcm);

    [LibraryImport(name, EntryPoint = "snd_strerror")]
    internal static partial nint ErrorText(int error);

    public static string Explain(int error) => Marshal.PtrToStringUTF8(ErrorText(error)) ?? $"error {error}";
}

sealed class AlsaHandle : SafeHandle
{
    public AlsaHandle(nint pcm)
        : base(0, ownsHandle: true) => SetHandle(pcm);

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle() => AlsaLibrary.Close(handle) == 0;
}
