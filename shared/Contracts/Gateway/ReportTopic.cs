using Loa.Air;

namespace Loa.Contracts.Gateway;

/// <summary>Reads a message of one topic; null when the bytes are not what belongs there.</summary>
/// <param name="fault">The member that cannot be read.</param>
public delegate Report? ReadReport(ReadOnlySpan<byte> payload, Guid speaker, DateTimeOffset at, out string? fault);

/// <summary>A capability takes the reports of a topic.</summary>
/// <param name="IsAwaited">The message is confirmed only when it is stored, because no other answer says so.</param>
public sealed record ReportTopic(AirTopic Topic, ReadReport Read, bool IsAwaited = false);

/// <summary>
/// Takes on the connection's own thread what is told again and again, so that it need not be stored before it is believed.
/// </summary>
public interface IInstantReports
{
    AirTopic Topic { get; }

    /// <summary>The speaker is connected anew.</summary>
    void Connected(Guid speaker);

    /// <summary>False when the bytes are not what belongs on this topic.</summary>
    bool Take(Guid speaker, ReadOnlySpan<byte> payload, DateTimeOffset received);
}
