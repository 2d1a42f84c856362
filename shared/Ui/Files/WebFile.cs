using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Primitives;

namespace Loa.Ui;

/// <summary>One file for the browser, held in memory, compressed once when first asked for.</summary>
sealed class WebFile
{
    static readonly Dictionary<string, (string Type, bool IsText)> Kinds = new(StringComparer.Ordinal)
    {
        [".css"] = ("text/css; charset=utf-8", true),
        [".js"] = ("text/javascript; charset=utf-8", true),
        [".svg"] = ("image/svg+xml", true),
        [".txt"] = ("text/plain; charset=utf-8", true),
        [".json"] = ("application/json", true),
        [".woff2"] = ("font/woff2", false),
        [".png"] = ("image/png", false),
        [".wav"] = ("audio/wav", false),
        [".wasm"] = ("application/wasm", true),
    };

    readonly byte[] bytes;
    readonly bool isText;
    readonly Lazy<byte[]> brotli;
    readonly Lazy<byte[]> gzip;

    WebFile(byte[] bytes, string path)
    {
        this.bytes = bytes;
        (Type, isText) = Kinds[Path.GetExtension(path)];
        Hash = Convert.ToHexStringLower(SHA256.HashData(bytes))[..16];
        brotli = new(() => Pack(to => new BrotliStream(to, new BrotliCompressionOptions { Quality = 9 })));
        gzip = new(() => Pack(to => new GZipStream(to, CompressionLevel.SmallestSize)));
    }

    public string Type { get; }

    public string Hash { get; }

    public string Text => Encoding.UTF8.GetString(bytes);

    public static WebFile Read(Stream stream, string path)
    {
        using (stream)
        {
            var content = new byte[stream.Length];
            stream.ReadExactly(content);
            return new WebFile(content, path);
        }
    }

    public (byte[] Bytes, string? Encoding) For(StringValues accepted)
    {
        var names = accepted.ToString();
        if (isText && names.Contains("br", StringComparison.Ordinal))
            return (brotli.Value, "br");
        return isText && names.Contains("gzip", StringComparison.Ordinal) ? (gzip.Value, "gzip") : (bytes, null);
    }

    byte[] Pack(Func<Stream, Stream> packer)
    {
        using var packed = new MemoryStream();
        using (var stream = packer(packed))
            stream.Write(bytes);
        return packed.ToArray();
    }
}
