using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using Loa.Air;
using Loa.Kernel;

namespace Loa.Gateway;

/// <summary>
/// Nonces given to speakers that cannot be challenged while they connect: each for one speaker, one minute and one
/// connection. A nonce carries its own seal, so that none of those given need be remembered and nobody can use them up.
/// </summary>
sealed class Challenges(TimeProvider clock)
{
    const int MomentBytes = 8;
    const int LuckBytes = 8;
    const int SealBytes = 16;
    const int NonceBytes = MomentBytes + LuckBytes + SealBytes;
    static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(60);

    readonly byte[] secret = RandomNumberGenerator.GetBytes(32);
    readonly Lock gate = new();
    readonly HashSet<string> used = new(StringComparer.Ordinal);
    readonly Queue<(string Nonce, DateTimeOffset Expires)> oldestFirst = new();

    /// <summary>For whatever id is asked; whether there is such a speaker is not told.</summary>
    public ChallengeMessage New(Guid speaker)
    {
        var expires = clock.Moment() + Lifetime;
        Span<byte> nonce = stackalloc byte[NonceBytes];
        BinaryPrimitives.WriteInt64BigEndian(nonce, expires.ToUnixTimeMilliseconds());
        RandomNumberGenerator.Fill(nonce.Slice(MomentBytes, LuckBytes));
        Seal(speaker, nonce[..(MomentBytes + LuckBytes)], nonce[(MomentBytes + LuckBytes)..]);
        return new(Base64Url.EncodeToString(nonce), expires);
    }

    /// <summary>Whether the nonce was given to this speaker and is still good.</summary>
    public bool Knows(Guid speaker, string nonce) =>
        TryRead(speaker, nonce, out var expires) && expires > clock.Moment();

    /// <summary>True once, for who has proved a key over it.</summary>
    public bool Use(Guid speaker, string nonce)
    {
        if (!TryRead(speaker, nonce, out var expires))
            return false;
        lock (gate)
        {
            var now = clock.Moment();
            while (oldestFirst.TryPeek(out var oldest) && oldest.Expires <= now)
                used.Remove(oldestFirst.Dequeue().Nonce);
            if (expires <= now || !used.Add(nonce))
                return false;
            oldestFirst.Enqueue((nonce, expires));
            return true;
        }
    }

    bool TryRead(Guid speaker, string text, out DateTimeOffset expires)
    {
        expires = default;
        Span<byte> nonce = stackalloc byte[NonceBytes];
        Span<byte> seal = stackalloc byte[SealBytes];
        if (text.Length != Base64Url.GetEncodedLength(NonceBytes) || !Base64Url.TryDecodeFromChars(text, nonce, out _))
            return false;
        Seal(speaker, nonce[..(MomentBytes + LuckBytes)], seal);
        if (!CryptographicOperations.FixedTimeEquals(seal, nonce[(MomentBytes + LuckBytes)..]))
            return false;
        expires = DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64BigEndian(nonce));
        return true;
    }

    void Seal(Guid speaker, ReadOnlySpan<byte> what, Span<byte> seal)
    {
        Span<byte> sealed_ = stackalloc byte[16 + MomentBytes + LuckBytes];
        speaker.TryWriteBytes(sealed_);
        what.CopyTo(sealed_[16..]);
        Span<byte> whole = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(secret, sealed_, whole);
        whole[..SealBytes].CopyTo(seal);
    }
}
