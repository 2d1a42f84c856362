using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Loa.Notices;

/// <summary>What stands outside the province: it takes messages to browsers and sentences to telephones, and keeps them as they came.</summary>
sealed class PushSink : IAsyncDisposable
{
    readonly WebApplication app;

    PushSink()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        app = builder.Build();
        app.MapPost("/{**path}", Take);
    }

    public string Origin => app.Urls.First();

    public static async Task<PushSink> Open()
    {
        var sink = new PushSink();
        await sink.app.StartAsync();
        return sink;
    }

    public ConcurrentQueue<(string Path, string Signature, byte[] Body)> Taken { get; } = new();

    /// <summary>What is answered to who posts to this path.</summary>
    public ConcurrentDictionary<string, int> Answers { get; } = new(StringComparer.Ordinal);

    async Task Take(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        var path = http.Request.Path.Value!;
        Taken.Enqueue((path, http.Request.Headers["Loa-Signature"].ToString(), body.ToArray()));
        http.Response.StatusCode = Answers.GetValueOrDefault(path, StatusCodes.Status201Created);
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();
}

/// <summary>A browser that was let show notices: it alone can read what is sent to it (RFC 8291).</summary>
sealed class SomeBrowser : IDisposable
{
    readonly ECDiffieHellman key = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
    readonly byte[] secret = RandomNumberGenerator.GetBytes(16);

    public string Path { get; } = $"/push/{Guid.CreateVersion7():N}";

    byte[] Point => PointOf(key.ExportParameters(false));

    public object Subscription(PushSink sink) =>
        new
        {
            endpoint = sink.Origin + Path,
            p256dh = Base64Url.EncodeToString(Point),
            auth = Base64Url.EncodeToString(secret),
        };

    public string Read(byte[] body)
    {
        var salt = body[..16];
        var sender = body[21..(21 + body[20])];
        var sealed_ = body[(21 + body[20])..];
        using var other = ECDiffieHellman.Create(
            new ECParameters
            {
                Curve = ECCurve.NamedCurves.nistP256,
                Q = new ECPoint { X = sender[1..33], Y = sender[33..] },
            }
        );
        var shared = key.DeriveRawSecretAgreement(other.PublicKey);
        byte[] info = [.. "WebPush: info\0"u8, .. Point, .. sender];
        var input = HKDF.DeriveKey(HashAlgorithmName.SHA256, shared, 32, secret, info);
        var content = HKDF.DeriveKey(
            HashAlgorithmName.SHA256,
            input,
            16,
            salt,
            "Content-Encoding: aes128gcm\0"u8.ToArray()
        );
        var nonce = HKDF.DeriveKey(HashAlgorithmName.SHA256, input, 12, salt, "Content-Encoding: nonce\0"u8.ToArray());
        using var aes = new AesGcm(content, 16);
        var open = new byte[sealed_.Length - 16];
        aes.Decrypt(nonce, sealed_[..^16], sealed_[^16..], open);
        return Encoding.UTF8.GetString(open.AsSpan().TrimEnd((byte)0)[..^1]);
    }

    static byte[] PointOf(ECParameters parts) => [4, .. parts.Q.X!, .. parts.Q.Y!];

    public void Dispose() => key.Dispose();
}
