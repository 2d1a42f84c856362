using System.Runtime.InteropServices;

namespace Loa.Audio;

/// <summary>The doors of libopus that we use.</summary>
static partial class OpusLibrary
{
    const string name = "libopus.so.0";

    public const int SetBitrate = 4002;
    public const int SetGain = 4034;
    public const int ResetState = 4028;

    [LibraryImport(name, EntryPoint = "opus_decoder_create")]
    public static partial nint CreateDecoder(int sampleRateHz, int channels, out int error);

    [LibraryImport(name, EntryPoint = "opus_decoder_destroy")]
    public static partial void DestroyDecoder(nint decoder);

    [LibraryImport(name, EntryPoint = "opus_decoder_ctl")]
    public static partial int ControlDecoder(OpusDecoderHandle decoder, int request, int value);

    [LibraryImport(name, EntryPoint = "opus_decode")]
    public static unsafe partial int Decode(
        OpusDecoderHandle decoder,
        byte* packet,
        int length,
        short* pcm,
        int samples,
        int correctErrors
    );

    [LibraryImport(name, EntryPoint = "opus_encoder_create")]
    public static partial nint CreateEncoder(int sampleRateHz, int channels, int application, out int error);

    [LibraryImport(name, EntryPoint = "opus_encoder_destroy")]
    public static partial void DestroyEncoder(nint encoder);

    [LibraryImport(name, EntryPoint = "opus_encoder_ctl")]
    public static partial int ControlEncoder(OpusEncoderHandle encoder, int request, int value);

    [LibraryImport(name, EntryPoint = "opus_encode")]
    public static unsafe partial int Encode(
        OpusEncoderHandle encoder,
        short* pcm,
        int samples,
        byte* packet,
        int capacity
    );

    /// <summary>Turns "the loader found nothing" into what a technician can act on.</summary>
    public static T Load<T>(Func<T> create)
    {
        try
        {
            return create();
        }
        catch (DllNotFoundException)
        {
            throw new ToolMissingException("libopus", "libopus0");
        }
    }
}

sealed class OpusDecoderHandle : SafeHandle
{
    public OpusDecoderHandle(nint decoder)
        : base(0, ownsHandle: true) => SetHandle(decoder);

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        OpusLibrary.DestroyDecoder(handle);
        return true;
    }
}

sealed class OpusEncoderHandle : SafeHandle
{
    public OpusEncoderHandle(nint encoder)
        : base(0, ownsHandle: true) => SetHandle(encoder);

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        OpusLibrary.DestroyEncoder(handle);
        return true;
    }
}
