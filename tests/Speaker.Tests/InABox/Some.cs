using System.Security.Cryptography;
using System.Text;

namespace Loa.Speaker.InABox;

/// <summary>Values that do not matter.</summary>
static class Some
{
    public static Guid Id(string of) => new(SHA256.HashData(Encoding.UTF8.GetBytes(of)).AsSpan(0, 16));
}
