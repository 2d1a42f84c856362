using System.Buffers.Text;
using System.Security.Cryptography;
using Loa.Air;
using Loa.Kernel;

namespace Loa.Devices.Gateway;

/// <summary>Nonces given to speakers that cannot be challenged while they connect: each for one minute and one connection.</summary>
sealed class Challenges(TimeProvider clock)
{
    const int NonceBytes = 32;
    const int MostOpen = 100_000;
    static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(60);

    readonly Lock gate = new();
    readonly Dictionary<string, Challenge> open = new(StringComparer.Ordinal);
    readonly Queue<string> oldestFirst = new();

    /// <summary>For whatever id is asked; whether there is such a speaker is not told.</summary>
    public ChallengeMessage New(Guid speaker)
    {
        var now = clock.Moment();
        var challenge = new Challenge(speaker, now + Lifetime);
        var nonce = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(NonceBytes));
        lock (gate)
        {
            while (
                oldestFirst.TryPeek(out var oldest)
                && (!open.TryGetValue(oldest, out var known) || known.Expires <= now || open.Count >= MostOpen)
            )
                open.Remove(oldestFirst.Dequeue());
            open.Add(nonce, challenge);
            oldestFirst.Enqueue(nonce);
        }
        return new(nonce, challenge.Expires);
    }

    /// <summary>True once for a nonce that was given to this speaker and is still good.</summary>
    public bool Take(Guid speaker, string nonce)
    {
        lock (gate)
            return open.TryGetValue(nonce, out var challenge)
                && challenge.Speaker == speaker
                && open.Remove(nonce)
                && challenge.Expires > clock.Moment();
    }

    readonly record struct Challenge(Guid Speaker, DateTimeOffset Expires);
}
