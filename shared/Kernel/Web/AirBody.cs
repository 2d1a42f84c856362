using Microsoft.AspNetCore.Http;

namespace Loa.Kernel;

/// <summary>What a speaker sends over HTTP, read no further than it may go.</summary>
public static class AirBody
{
    public static async Task<byte[]> Read(Stream sent, int largest, CancellationToken cancel)
    {
        using var body = new MemoryStream();
        var buffer = new byte[Math.Min(largest, 4096)];
        for (int read; (read = await sent.ReadAsync(buffer, cancel)) > 0; )
        {
            body.Write(buffer, 0, read);
            if (body.Length > largest)
                throw new BadHttpRequestException("too large", StatusCodes.Status413PayloadTooLarge);
        }
        return body.ToArray();
    }
}
