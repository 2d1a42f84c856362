using System.Text.Json.Serialization.Metadata;
using Loa.Jose;

namespace Loa.Air;

/// <summary>A new speaker introduces itself with the key it made, and proves that it holds it.</summary>
/// <param name="Protocol">Which rules it knows (<see cref="AirProtocol"/>).</param>
/// <param name="Vendor">Who made it, as people know him.</param>
/// <param name="Can">The commands it can carry out; absent means all.</param>
/// <param name="Seal">Of the nonce that it will show once it has its code (<see cref="ClaimCheck"/>).</param>
public sealed record Enrolment(
    string Serial,
    string Model,
    string Firmware,
    int Horns,
    Jwk Jwk,
    DateTimeOffset At,
    int? Protocol = null,
    string? Seal = null,
    string? Vendor = null,
    IReadOnlyList<string>? Can = null
) : AirDocument<Enrolment>, IAirDocument<Enrolment>
{
    public static string Type => "loa-enrolment";

    public static JsonTypeInfo<Enrolment> Shape => AirJson.Default.Enrolment;

    /// <summary>Whether the key inside signed it; who the speaker is, a person decides by its code.</summary>
    /// <param name="letOld">Whether a speaker of before, which says so, may sign with either s.</param>
    public static Verdict<Enrolment> Verify(string? compact, bool letOld = false)
    {
        if (!TryRead(compact, out var read, out var refusal))
            return Verdict<Enrolment>.Refused(refusal);
        if (!PublicKey.TryFrom(read.Document.Jwk, out var key))
            return Verdict<Enrolment>.Refused(Refusal.JwsMalformed);
        var reason =
            Check.That(read.KeyId == key.KeyId, Refusal.KeyUnknown)
            ?? Check.That(
                read.IsSignedBy(key, letOld && AirProtocol.IsOld(read.Document.Protocol)),
                Refusal.JwsSignature
            );
        return Verdict<Enrolment>.Of(read, reason);
    }

    /// <summary>Which member cannot be read, for its maker; null when it can, or when it is no document at all.</summary>
    public static string? FaultOf(string? compact)
    {
        if (!Jws.TryRead(compact, 16 * 1024, out var jws, out _))
            return null;
        return AirJson.TryRead(jws.Payload, Shape, out var read, out var fault) ? read.OutOfBounds() : fault;
    }

    public bool IsWithinBounds() => OutOfBounds() is null;

    string? OutOfBounds() =>
        !IsName(Serial) ? "serial"
        : !IsName(Model) ? "model"
        : !IsName(Firmware) ? "firmware"
        : Vendor is not null && !IsName(Vendor, 60) ? "vendor"
        : !Bounds.AreWords(Can) ? "can"
        : Horns is <= 0 or > 64 ? "horns"
        : Jwk is not { X.Length: 43, Y.Length: 43 } ? "jwk"
        : !AirProtocol.IsWithinBounds(Protocol) ? "protocol"
        : (Seal is null ? AirProtocol.IsOld(Protocol) : Bounds.IsKeyId(Seal)) ? null
        : "seal";

    static bool IsName(string text, int most = 64) => Bounds.Named(text, most) && Bounds.IsLine(text);
}
