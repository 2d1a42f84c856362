using System.Text.Json;
using Loa.Contracts.Devices;
using Loa.Devices.Commands;

namespace Loa.Devices.Overview;

/// <summary>One speaker as programs read it.</summary>
sealed record SpeakerJson(
    Guid Id,
    string Serial,
    string Name,
    Guid UnitId,
    IReadOnlyList<string> Path,
    string State,
    bool Online,
    string Presence,
    DateTimeOffset? LastSeen,
    string? Kid,
    int? Volume,
    long? TimetableDesired,
    long? TimetableHeld,
    long PlacementDesired,
    long? PlacementHeld,
    long Records,
    string? RecordFault,
    string? RefusedReason,
    int Acts,
    IReadOnlyList<SpeakerJson.PlayJson> Plays,
    IReadOnlyList<SpeakerJson.RefusalJson> Refusals,
    IReadOnlyList<SpeakerJson.LocalJson> Locals,
    IReadOnlyList<SpeakerJson.CommandJson> Commands
)
{
    public record PlayJson(
        Guid Item,
        Guid Broadcast,
        string Title,
        PlayStage Stage,
        string? Reason,
        DateTimeOffset? At
    );

    public record RefusalJson(string Subject, string? Reason, string? Detail, DateTimeOffset At);

    public record LocalJson(string Source, DateTimeOffset Start, DateTimeOffset? End);

    public record CommandJson(
        Guid Id,
        string Name,
        JsonElement Args,
        string Stage,
        string Fate,
        string? Reason,
        JsonElement? Found,
        Guid? Job,
        DateTimeOffset OrderedAt,
        DateTimeOffset Deadline,
        DateTimeOffset? SentAt,
        DateTimeOffset? ReceivedAt,
        DateTimeOffset? EndedAt,
        int? LogParts,
        int LogHeld
    )
    {
        public static CommandJson Of(SentCommand command, DateTimeOffset now) =>
            new(
                command.Id,
                command.Name,
                Read(command.Args),
                command.Stage.ToString(),
                command.StatusAt(now).ToString(),
                command.Reason,
                command.Found is { } found ? Read(found) : null,
                command.JobId,
                command.OrderedAt,
                command.Deadline,
                command.SentAt,
                command.ReceivedAt,
                command.EndedAt,
                command.LogParts,
                command.LogHeld
            );

        static JsonElement Read(string json) => JsonSerializer.Deserialize<JsonElement>(json);
    }

    public static SpeakerJson Of(ShowSpeaker.Response model) =>
        new(
            model.Speaker.Id,
            model.Speaker.Serial,
            model.Speaker.Name,
            model.Speaker.UnitId,
            model.Path,
            model.Speaker.State,
            model.Speaker.IsOnline,
            model.Speaker.Presence.ToString(),
            model.LastSeen,
            model.Speaker.Kid,
            model.Speaker.Volume,
            model.TimetableDesired,
            model.Speaker.TimetableHeld,
            model.Speaker.PlacementVersion,
            model.Speaker.PlacementHeld,
            model.Speaker.RecordSeq,
            model.Speaker.RecordFault,
            model.Speaker.RefusedReason,
            model.Case.Seq,
            [.. model.Past.Plays.Select(p => new PlayJson(p.ItemId, p.BroadcastId, p.Title, p.Stage, p.Reason, p.At))],
            [.. model.Past.Refusals.Select(r => new RefusalJson(r.Subject.ToString()!, r.Reason, r.Detail, r.At))],
            [.. model.Past.Locals.Select(l => new LocalJson(l.Source, l.Start, l.End))],
            [.. model.Commands.Select(c => CommandJson.Of(c, model.Now))]
        );
}
