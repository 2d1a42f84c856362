using System.Text.Json.Serialization.Metadata;
using Loa.Jose;

namespace Loa.Air;

/// <summary>POST /air/enrolments: the body a new speaker sends.</summary>
public sealed record EnrolmentRequest(string Enrolment) : AirMessage<EnrolmentRequest>, IAirMessage<EnrolmentRequest>
{
    public static JsonTypeInfo<EnrolmentRequest> Shape => AirJson.Default.EnrolmentRequest;

    public bool IsWithinBounds() => true;
}

/// <summary>POST /air/enrolments: the answer, with the code to show and the root to pin.</summary>
/// <param name="Mqtt">host:port for plain TCP.</param>
/// <param name="Mqtts">host:port for TLS, where the province offers it.</param>
/// <param name="Ca">Who vouches for the certificate (PEM); the public authorities when absent.</param>
/// <param name="Roots">How the root came to be this one, for a speaker that was given one of before.</param>
public sealed record EnrolmentOpened(
    Guid Id,
    string Code,
    DateTimeOffset Expires,
    Jwk Root,
    string Server,
    string Mqtt,
    string? Mqtts = null,
    string? Ca = null,
    IReadOnlyList<string>? Roots = null
) : AirMessage<EnrolmentOpened>, IAirMessage<EnrolmentOpened>
{
    internal const int MostCa = 16 * 1024;

    public static JsonTypeInfo<EnrolmentOpened> Shape => AirJson.Default.EnrolmentOpened;

    public bool IsWithinBounds() =>
        Bounds.Named(Code, 16)
        && Bounds.Named(Server, 253)
        && Bounds.Named(Mqtt, 260)
        && Bounds.Short(Mqtts, 260)
        && Bounds.Short(Ca, MostCa)
        && Bounds.FewWith(Roots, Bounds.Roots, _ => true)
        && PublicKey.TryFrom(Root, out _);
}

/// <summary>POST /air/enrolments/{id}: the speaker has its root and its half of the code, and opens its seal.</summary>
public sealed record EnrolmentOpening(string Nonce) : AirMessage<EnrolmentOpening>, IAirMessage<EnrolmentOpening>
{
    public static JsonTypeInfo<EnrolmentOpening> Shape => AirJson.Default.EnrolmentOpening;

    public bool IsWithinBounds() => Bounds.IsNonce(Nonce);
}

/// <summary>GET /air/enrolments/{id}: the answer; once claimed, with the speaker's id and place.</summary>
public sealed record EnrolmentStatus(
    EnrolmentState State,
    Guid? Speaker = null,
    string? Placement = null,
    IReadOnlyList<string>? Delegations = null
) : AirMessage<EnrolmentStatus>, IAirMessage<EnrolmentStatus>
{
    public static EnrolmentStatus Waiting => new(EnrolmentState.Waiting);

    public static JsonTypeInfo<EnrolmentStatus> Shape => AirJson.Default.EnrolmentStatus;

    public bool IsWithinBounds() =>
        Bounds.FewWith(Delegations, Bounds.Delegations, _ => true)
        && (State == EnrolmentState.Waiting || (Speaker is not null && Placement is not null));
}

/// <summary>GET /air/server: who a server says it is and where speakers reach it; whether it is true, its signatures show.</summary>
/// <param name="Mqtt">host:port for plain TCP.</param>
/// <param name="Mqtts">host:port for TLS, where the province offers it.</param>
/// <param name="Ca">Who vouches for the certificate (PEM); the public authorities when absent.</param>
/// <param name="Roots">How the root came to be this one, for a speaker that was given one of before.</param>
public sealed record ServerMessage(
    Jwk Root,
    string Server,
    string Mqtt,
    string? Mqtts = null,
    string? Ca = null,
    IReadOnlyList<string>? Roots = null
) : AirMessage<ServerMessage>, IAirMessage<ServerMessage>
{
    public static JsonTypeInfo<ServerMessage> Shape => AirJson.Default.ServerMessage;

    public bool IsWithinBounds() =>
        Bounds.Named(Server, 253)
        && Bounds.Named(Mqtt, 260)
        && Bounds.Short(Mqtts, 260)
        && Bounds.Short(Ca, EnrolmentOpened.MostCa)
        && Bounds.FewWith(Roots, Bounds.Roots, _ => true)
        && PublicKey.TryFrom(Root, out _);
}

/// <summary>POST /air/challenges: a speaker without enhanced authentication (MQTT 3.1.1) asks for a nonce.</summary>
public sealed record ChallengeRequest(Guid Speaker) : AirMessage<ChallengeRequest>, IAirMessage<ChallengeRequest>
{
    public static JsonTypeInfo<ChallengeRequest> Shape => AirJson.Default.ChallengeRequest;

    public bool IsWithinBounds() => true;
}

/// <summary>POST /air/challenges: the answer; a loa-proof over this nonce is the password of one connection.</summary>
public sealed record ChallengeMessage(string Nonce, DateTimeOffset Expires)
    : AirMessage<ChallengeMessage>,
        IAirMessage<ChallengeMessage>
{
    public static JsonTypeInfo<ChallengeMessage> Shape => AirJson.Default.ChallengeMessage;

    public bool IsWithinBounds() => Bounds.IsNonce(Nonce);
}
