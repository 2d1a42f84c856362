using System.Security.Cryptography;
using System.Text;

namespace Loa.Devices.Seed;

/// <summary>The same id for the same made-up thing in every demo.</summary>
static class SeedId
{
    /// <summary>The first 16 bytes of the name's SHA-256 as a UUID of version 8.</summary>
    public static Guid Of(string name)
    {
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, 16);
        bytes[6] = (byte)(0x80 | (bytes[6] & 0x0F));
        bytes[8] = (byte)(0x80 | (bytes[8] & 0x3F));
        return new Guid(bytes, bigEndian: true);
    }
}
