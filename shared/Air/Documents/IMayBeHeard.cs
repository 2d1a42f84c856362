namespace Loa.Air;

/// <summary>What a document says that lets something sound: where, as what, and between which moments.</summary>
public interface IMayBeHeard
{
    AirContent Content { get; }

    AirClass Class { get; }

    IReadOnlyList<Guid> Units { get; }

    DateTimeOffset NotBefore { get; }

    DateTimeOffset Expires { get; }
}
