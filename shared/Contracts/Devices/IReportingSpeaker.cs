using Loa.Air;

namespace Loa.Contracts.Devices;

/// <summary>A speaker as those name it who watch it.</summary>
public interface INamedSpeaker
{
    Guid Id { get; }
    string Name { get; }
    Guid UnitId { get; }
    bool IsOnline { get; }
}

/// <summary>
/// A speaker whose reports are being stored. What it plays, refuses and has recorded stands with it in the registry, by which
/// speakers are filtered and counted; whoever takes such a report writes it here.
/// </summary>
public interface IReportingSpeaker : INamedSpeaker
{
    /// <summary>The key it must prove; null while it is not enrolled.</summary>
    string? Kid { get; }

    /// <summary>The end of its chain of records as it is stored.</summary>
    RecordHead Recorded { get; set; }

    /// <summary>What is wrong with the records it sends; null when nothing is.</summary>
    string? RecordFault { get; set; }
    Guid? Playing { get; set; }

    /// <summary>Why it last refused, until it plays again.</summary>
    string? RefusedReason { get; set; }
    DateTimeOffset? RefusedAt { get; set; }

    /// <summary>It sent more than anybody could play, as far as is known.</summary>
    bool Floods { get; }
}
