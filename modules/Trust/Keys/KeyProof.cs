using System.Text.Json;
using Loa.Jose;
using Loa.Kernel;

namespace Loa.Trust.Keys;

/// <summary>A key's own word that this officer holds it, made in his browser moments ago: a JWS that the key itself signed.</summary>
static class KeyProof
{
    public const string Type = "loa-key-proof";

    const int MaxLength = 2_000;

    // Long enough for a browser whose clock is off; a proof gives nothing by itself.
    static readonly TimeSpan GoodFor = TimeSpan.FromHours(1);

    public static PublicKey Check(Jwk jwk, string proof, Guid officer, DateTimeOffset now)
    {
        Refuse.Unless(PublicKey.TryFrom(jwk, out var key), "keys.not-a-key");
        Refuse.Unless(
            Jws.TryRead(proof, MaxLength, out var read, out _) && read.Type == Type && read.TryVerify(key),
            "keys.proof"
        );
        var (by, at) = Read(read.Payload);
        Refuse.If(by != officer, "keys.proof");
        Refuse.If((now - at).Duration() > GoodFor, "keys.proof-old");
        return key;
    }

    static (Guid? Officer, DateTimeOffset At) Read(ReadOnlySpan<byte> payload)
    {
        try
        {
            var words = JsonSerializer.Deserialize<Payload>(payload, JsonSerializerOptions.Web);
            return words is { V: 1, At: >= 0 and < 253_402_300_800_000 }
                ? (words.Officer, DateTimeOffset.FromUnixTimeMilliseconds(words.At))
                : default;
        }
        catch (JsonException)
        {
            // The bytes come from a stranger; the empty answer is refused above.
            return default;
        }
    }

    sealed record Payload(int V, Guid Officer, long At);
}
