using System.Buffers.Text;
using System.Security.Cryptography;

namespace Loa.Speaker.Trust;

/// <summary>What the server repeats, signed, to show that it answers on this very connection and no recording of it does.</summary>
sealed class ConnectionNonce
{
    const int Bytes = 16;

    volatile string nonce = New();

    public string Value => nonce;

    public void Renew() => nonce = New();

    static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));
}
