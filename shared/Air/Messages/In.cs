using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Loa.Air;

/// <summary>A timetable with all that is needed to believe it and to fetch its media.</summary>
/// <remarks>What comes first is needed first, so that a small board can read as it comes.</remarks>
/// <param name="Media">Where media are fetched, without the digest, e.g. <c>http://host:8080/air/media/</c>.</param>
public sealed record TimetableMessage(
    string Timetable,
    [property: JsonPropertyOrder(-1)] IReadOnlyList<string> Releases,
    [property: JsonPropertyOrder(-2)] IReadOnlyList<string> Delegations,
    string? Media = null
) : AirMessage<TimetableMessage>, IAirMessage<TimetableMessage>
{
    /// <summary>The delegations of the timetable and of all releases, each once.</summary>
    public const int MostDelegations = Bounds.Delegations;

    // Less than a gateway keeps for one speaker (4 MiB), so that a command still finds room beside it.
    public static int MaxBytes => 3 * 1024 * 1024;

    public static JsonTypeInfo<TimetableMessage> Shape => AirJson.Default.TimetableMessage;

    public bool IsWithinBounds() =>
        Bounds.FewWith(Releases, Bounds.Items, _ => true)
        && Bounds.FewWith(Delegations, Bounds.Delegations, _ => true)
        && Bounds.Short(Media);
}

/// <summary>A command with the delegations behind it.</summary>
/// <param name="Package">The loa-package that an update names.</param>
/// <param name="Media">Where the package's bytes are fetched, without the digest.</param>
public sealed record CommandMessage(
    string Command,
    [property: JsonPropertyOrder(-1)] IReadOnlyList<string> Delegations,
    string? Package = null,
    string? Media = null
) : AirMessage<CommandMessage>, IAirMessage<CommandMessage>
{
    public static JsonTypeInfo<CommandMessage> Shape => AirJson.Default.CommandMessage;

    public bool IsWithinBounds() => Bounds.FewWith(Delegations, Bounds.Delegations, _ => true) && Bounds.Short(Media);
}

/// <summary>A speaker's new place with the delegations behind it.</summary>
public sealed record PlacementMessage(
    string Placement,
    [property: JsonPropertyOrder(-1)] IReadOnlyList<string> Delegations
) : AirMessage<PlacementMessage>, IAirMessage<PlacementMessage>
{
    public static JsonTypeInfo<PlacementMessage> Shape => AirJson.Default.PlacementMessage;

    public bool IsWithinBounds() => Bounds.FewWith(Delegations, Bounds.Delegations, _ => true);
}

/// <summary>The root's list of what is revoked.</summary>
public sealed record RevocationsMessage(string Revocations)
    : AirMessage<RevocationsMessage>,
        IAirMessage<RevocationsMessage>
{
    public static JsonTypeInfo<RevocationsMessage> Shape => AirJson.Default.RevocationsMessage;

    public bool IsWithinBounds() => true;
}

/// <summary>How the root came to be the one of today: each change in turn, the first one first.</summary>
public sealed record RootMessage(IReadOnlyList<string> Roots) : AirMessage<RootMessage>, IAirMessage<RootMessage>
{
    /// <summary>So often a province may change its root.</summary>
    public const int MostRoots = Bounds.Roots;

    public static JsonTypeInfo<RootMessage> Shape => AirJson.Default.RootMessage;

    public bool IsWithinBounds() => Bounds.FewWith(Roots, Bounds.Roots, _ => true);
}

/// <summary>All records up to this one are stored for ever: in plain words for speakers of before, and signed.</summary>
/// <param name="Refused">The record that was not stored, and why.</param>
/// <param name="Ack">The same as loa-ack, which alone is to be believed.</param>
/// <param name="Delegations">What lets it be believed, in the first one on a connection.</param>
public sealed record AckMessage(
    long Seq,
    string Hash,
    RefusedRecord? Refused = null,
    string? Ack = null,
    IReadOnlyList<string>? Delegations = null
) : AirMessage<AckMessage>, IAirMessage<AckMessage>
{
    public static JsonTypeInfo<AckMessage> Shape => AirJson.Default.AckMessage;

    public bool IsWithinBounds() =>
        (Seq == 0 ? Hash.Length == 0 : Seq > 0 && Bounds.IsDigest(Hash))
        && (Refused is null || Refused.IsWithinBounds())
        && Bounds.FewWith(Delegations, Bounds.Delegations, _ => true);
}

/// <summary>The answer to a <see cref="TimeQuestion"/>.</summary>
/// <param name="Delegations">Those behind the signature when they were asked for.</param>
public sealed record TimeMessage(string Time, IReadOnlyList<string>? Delegations = null)
    : AirMessage<TimeMessage>,
        IAirMessage<TimeMessage>
{
    public static JsonTypeInfo<TimeMessage> Shape => AirJson.Default.TimeMessage;

    public bool IsWithinBounds() => Bounds.FewWith(Delegations, Bounds.Delegations, _ => true);
}
