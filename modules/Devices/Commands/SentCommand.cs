using System.Linq.Expressions;
using System.Text.Json;
using Loa.Air;

namespace Loa.Devices.Commands;

/// <summary>A command to one speaker, from the order to what the speaker found when it was done.</summary>
sealed class SentCommand
{
    /// <summary>A speaker that has taken a command may work at it for so long before it counts as lost.</summary>
    public static readonly TimeSpan WorkTime = TimeSpan.FromMinutes(10);

    // A receipt is under way when its command expires.
    static readonly TimeSpan ReceiptTime = TimeSpan.FromSeconds(5);

    static readonly CommandStage[] mayBeLost =
    [
        CommandStage.Waiting,
        CommandStage.Sent,
        CommandStage.Received,
        CommandStage.Failed,
        CommandStage.Refused,
        CommandStage.NotSent,
    ];

    public required Guid Id { get; init; }
    public required Guid SpeakerId { get; init; }

    /// <summary>The bulk order it is part of.</summary>
    public Guid? JobId { get; init; }
    public required string Name { get; init; }

    /// <summary>JSON object of what it needs to know besides its name.</summary>
    public required string Args { get; init; }
    public required string By { get; init; }

    /// <summary>Who ordered it, by which post; his right is asked again when it is signed.</summary>
    public required Guid? OfficerId { get; init; }
    public required Guid? PostId { get; init; }
    public required DateTimeOffset OrderedAt { get; init; }

    /// <summary>Until when it is worth sending, and sending again when nobody answered.</summary>
    public required DateTimeOffset Deadline { get; init; }
    public CommandStage Stage { get; set; }
    public DateTimeOffset? SentAt { get; set; }

    /// <summary>Until when the speaker may take what was signed.</summary>
    public DateTimeOffset? Expires { get; set; }

    /// <summary>What was signed and sent, as JWS compact.</summary>
    public string? Jws { get; set; }
    public DateTimeOffset? ReceivedAt { get; set; }
    public DateTimeOffset? EndedAt { get; set; }
    public string? Reason { get; set; }

    /// <summary>JSON object of what the speaker found afterwards.</summary>
    public string? Found { get; set; }

    /// <summary>How many parts the log has that it asked for, and how many of them are here.</summary>
    public int? LogParts { get; set; }
    public int LogHeld { get; set; }

    public bool IsOver => Stage >= CommandStage.Done;

    public CommandArgs ReadArgs() => JsonSerializer.Deserialize(Args, AirJson.Default.CommandArgs) ?? new();

    public ReadBack? ReadFound() => Found is null ? null : JsonSerializer.Deserialize(Found, AirJson.Default.ReadBack);

    public void Take(ReadBack? found) =>
        Found = found is null ? null : JsonSerializer.Serialize(found, AirJson.Default.ReadBack);

    public void Refuse(string reason, DateTimeOffset now) =>
        (Stage, Reason, EndedAt) = (CommandStage.Refused, reason, now);

    public void Cancel(DateTimeOffset now) => (Stage, EndedAt) = (CommandStage.Cancelled, now);

    public static string Write(CommandArgs args) => JsonSerializer.Serialize(args, AirJson.Default.CommandArgs);

    public CommandStatus StatusAt(DateTimeOffset now) =>
        StatusOf(
            Stage,
            Stage switch
            {
                CommandStage.Waiting => Deadline < now,
                CommandStage.Sent => Expires < now - ReceiptTime,
                CommandStage.Received => ReceivedAt < now - WorkTime,
                _ => false,
            }
        );

    public static CommandStatus StatusOf(CommandStage stage, bool late) =>
        !late ? (CommandStatus)stage
        : stage == CommandStage.Waiting ? CommandStatus.NotSent
        : CommandStatus.Unanswered;

    /// <summary>Whether time has run out for a command that is not over: the rule of <see cref="StatusAt"/> as a query.</summary>
    public static Expression<Func<SentCommand, bool>> IsLate(DateTimeOffset now)
    {
        var (answered, worked) = (now - ReceiptTime, now - WorkTime);
        // The stages first, by which the index of an order's commands passes all that are over.
        return c =>
            c.Stage <= CommandStage.Received
            && (
                (c.Stage == CommandStage.Waiting && c.Deadline < now)
                || (c.Stage == CommandStage.Sent && c.Expires < answered)
                || (c.Stage == CommandStage.Received && c.ReceivedAt < worked)
            );
    }

    /// <summary>What needs somebody: it failed, or nothing will come of it any more.</summary>
    public static Expression<Func<SentCommand, bool>> IsLost(DateTimeOffset now)
    {
        var (answered, worked) = (now - ReceiptTime, now - WorkTime);
        // The stages first, by which the index of an order's commands passes all that are done.
        return c =>
            mayBeLost.Contains(c.Stage)
            && (
                c.Stage >= CommandStage.Done
                || (c.Stage == CommandStage.Waiting && c.Deadline < now)
                || (c.Stage == CommandStage.Sent && c.Expires < answered)
                || (c.Stage == CommandStage.Received && c.ReceivedAt < worked)
            );
    }

    /// <summary>What goes on.</summary>
    public static Expression<Func<SentCommand, bool>> IsUnderWay(DateTimeOffset now)
    {
        var (answered, worked) = (now - ReceiptTime, now - WorkTime);
        return c =>
            c.Stage <= CommandStage.Received
            && !(
                (c.Stage == CommandStage.Waiting && c.Deadline < now)
                || (c.Stage == CommandStage.Sent && c.Expires != null && c.Expires < answered)
                || (c.Stage == CommandStage.Received && c.ReceivedAt != null && c.ReceivedAt < worked)
            );
    }

    /// <summary>What may be sent now: it waits, or it was sent, nobody answered, and it is still worth doing.</summary>
    public static Expression<Func<SentCommand, bool>> IsToBeSent(DateTimeOffset now) =>
        // The first of the stages says to SQLite that its index of open commands has all of them.
        c =>
            c.Stage < CommandStage.Received
            && c.Deadline > now
            && (c.Stage == CommandStage.Waiting || (c.Stage == CommandStage.Sent && c.Expires < now));
}
