using System.Net;

namespace Loa.Devices;

/// <summary>An archive on a slow line: its first half comes at once, the other when the test says so.</summary>
sealed class SlowArchive(byte[] bytes, Task rest) : HttpContent
{
    public byte[] Bytes => bytes;

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(
        Stream stream,
        TransportContext? context,
        CancellationToken cancellationToken
    )
    {
        await stream.WriteAsync(bytes.AsMemory(0, bytes.Length / 2), cancellationToken);
        await stream.FlushAsync(cancellationToken);
        await rest.WaitAsync(cancellationToken);
        await stream.WriteAsync(bytes.AsMemory(bytes.Length / 2), cancellationToken);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = bytes.Length;
        return true;
    }
}
