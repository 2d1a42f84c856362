namespace Loa.Air;

/// <summary>Why a document from the air is refused: the closed list that speakers, server and people share.</summary>
public static class Refusal
{
    public const string JwsMalformed = "jws.malformed";
    public const string JwsAlgorithm = "jws.algorithm";
    public const string JwsSignature = "jws.signature";

    public const string DocumentType = "document.type";
    public const string DocumentVersion = "document.version";
    public const string DocumentExpired = "document.expired";
    public const string DocumentEarly = "document.early";
    public const string DocumentSize = "document.size";

    public const string KeyUnknown = "key.unknown";

    public const string DelegationSignature = "delegation.signature";
    public const string DelegationExpired = "delegation.expired";
    public const string DelegationEarly = "delegation.early";
    public const string DelegationRevoked = "delegation.revoked";
    public const string DelegationKind = "delegation.kind";
    public const string DelegationClass = "delegation.class";
    public const string DelegationUnit = "delegation.unit";
    public const string DelegationStation = "delegation.station";

    public const string ReleaseMissing = "release.missing";
    public const string ReleaseUnit = "release.unit";
    public const string ReleaseExpired = "release.expired";
    public const string ReleaseEarly = "release.early";
    public const string ReleaseClass = "release.class";

    public const string MediaDigest = "media.digest";
    public const string MediaLength = "media.length";
    public const string MediaUnreachable = "media.unreachable";
    public const string MediaFormat = "media.format";

    public const string TimetableOlder = "timetable.older";
    public const string TimetableSpeaker = "timetable.speaker";

    /// <summary>A change of a timetable that is not held; the whole one is wanted.</summary>
    public const string TimetableBase = "timetable.base";

    public const string CommandSpeaker = "command.speaker";
    public const string CommandReplayed = "command.replayed";
    public const string CommandExpired = "command.expired";
    public const string CommandUnknown = "command.unknown";

    public const string PlacementOlder = "placement.older";
    public const string PlacementSpeaker = "placement.speaker";

    public const string RevocationsOlder = "revocations.older";

    public const string PackageMissing = "package.missing";
    public const string PackageUnit = "package.unit";
    public const string PackageModel = "package.model";
    public const string PackageEarly = "package.early";
    public const string PackageExpired = "package.expired";
    public const string PackageOlder = "package.older";

    /// <summary>An answer about the time to a question that was not asked.</summary>
    public const string TimeNonce = "time.nonce";

    /// <summary>A change of root that is held, or came before it.</summary>
    public const string RootOlder = "root.older";

    /// <summary>What was stored of another speaker.</summary>
    public const string AckSpeaker = "ack.speaker";

    /// <summary>What is asked for is good, and this speaker was not built for it.</summary>
    public const string Unsupported = "unsupported";

    /// <summary>The whole list, so that screens can be checked for a text for each.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        JwsMalformed,
        JwsAlgorithm,
        JwsSignature,
        DocumentType,
        DocumentVersion,
        DocumentExpired,
        DocumentEarly,
        DocumentSize,
        KeyUnknown,
        DelegationSignature,
        DelegationExpired,
        DelegationEarly,
        DelegationRevoked,
        DelegationKind,
        DelegationClass,
        DelegationUnit,
        DelegationStation,
        ReleaseMissing,
        ReleaseUnit,
        ReleaseExpired,
        ReleaseEarly,
        ReleaseClass,
        MediaDigest,
        MediaLength,
        MediaUnreachable,
        MediaFormat,
        TimetableOlder,
        TimetableSpeaker,
        TimetableBase,
        CommandSpeaker,
        CommandReplayed,
        CommandExpired,
        CommandUnknown,
        PlacementOlder,
        PlacementSpeaker,
        RevocationsOlder,
        PackageMissing,
        PackageUnit,
        PackageModel,
        PackageEarly,
        PackageExpired,
        PackageOlder,
        TimeNonce,
        AckSpeaker,
        RootOlder,
        Unsupported,
    ];

    // The order in which a delegation is examined.
    static readonly string[] steps =
    [
        KeyUnknown,
        DelegationRevoked,
        DelegationEarly,
        DelegationExpired,
        DelegationKind,
        DelegationUnit,
        DelegationClass,
        DelegationStation,
    ];

    internal static string Further(string one, string other) =>
        Array.IndexOf(steps, other) > Array.IndexOf(steps, one) ? other : one;
}
