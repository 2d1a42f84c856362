using Loa.Air;
using Loa.Contracts.People;

namespace Loa.Devices.Commands;

/// <summary>How an order to many stands at one speaker.</summary>
sealed record BulkCommandRow(
    Guid Speaker,
    string Name,
    string Serial,
    string Place,
    CommandStatus Status,
    string? Reason,
    ReadBack? Found,
    DateTimeOffset? SentAt,
    DateTimeOffset? ReceivedAt,
    DateTimeOffset? EndedAt,
    DateTimeOffset Deadline
)
{
    public static BulkCommandRow Of(BulkCommandOrder.Part part, UnitTree tree, DateTimeOffset now)
    {
        var command = part.Command;
        return new(
            command.SpeakerId,
            part.Name,
            part.Serial,
            tree.PlaceOf(part.UnitId),
            command.StatusAt(now),
            command.Reason,
            command.ReadFound(),
            command.SentAt,
            command.ReceivedAt,
            command.EndedAt,
            command.Deadline
        );
    }
}
