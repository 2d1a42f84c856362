using System.Security.Cryptography;
using System.Text;

namespace Loa.Kernel;

/// <summary>The same id for the same name, for things that must not be there twice.</summary>
public static class NamedId
{
    /// <summary>UUID version 8 from the SHA-256 of a name.</summary>
    public static Guid Of(string name)
    {
        Span<byte> bytes = stackalloc byte[32];
        SHA256.HashData(Encoding.UTF8.GetBytes(name), bytes);
        bytes[6] = (byte)((bytes[6] & 0x0f) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3f) | 0x80);
        return new Guid(bytes[..16], bigEndian: true);
    }
}
