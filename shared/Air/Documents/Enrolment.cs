using System.Text.Json.Serialization.Metadata;
using Loa.Jose;

namespace Loa.Air;

/// <summary>A new speaker introduces itself with the key it made, and proves that it holds it.</summary>
/// <param name="Protocol">Which rules it knows (<see cref="AirProtocol"/>).</param>
/// <param name="Seal">Of the nonce that it will show once it has its code (<see cref="ClaimCheck"/>).</param>
public sealed record Enrolment(
    string Serial,
    string Model,
    string Firmware,
    int Horns,
    Jwk Jwk,
    DateTimeOffset At,
    int? Protocol = null,
    string? Seal = null
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

    public bool IsWithinBounds() =>
        Bounds.Named(Serial, 64)
        && Bounds.IsLine(Serial)
        && Bounds.Named(Model, 64)
        && Bounds.IsLine(Model)
        && Bounds.Named(Firmware, 64)
        && Bounds.IsLine(Firmware)
        && Horns is > 0 and <= 64
        && Jwk is { X.Length: 43, Y.Length: 43 }
        && AirProtocol.IsWithinBounds(Protocol)
        && (Seal is null ? AirProtocol.IsOld(Protocol) : Bounds.IsKeyId(Seal));
}
