using System.Text.Json;
using Loa.Air;
using Loa.Devices.Health;
using Loa.Devices.Registry;

namespace Loa.Devices.Commands;

/// <summary>An order to many speakers as programs read it.</summary>
sealed record BulkCommandJson(
    Guid Id,
    string Name,
    JsonElement Args,
    string Selection,
    string By,
    DateTimeOffset OrderedAt,
    DateTimeOffset? LastSentAt,
    Guid? RetryOf,
    bool Cancelled,
    bool Over,
    int Total,
    int Failed,
    IReadOnlyDictionary<string, int> Tally,
    IReadOnlyList<BulkCommandJson.Part> Speakers
)
{
    public record Part(
        Guid Speaker,
        string Name,
        string Fate,
        string? Reason,
        JsonElement? Found,
        DateTimeOffset? SentAt,
        DateTimeOffset? EndedAt
    );

    public static BulkCommandJson Of(ShowBulkCommand.Response job) =>
        new(
            job.Id,
            job.Name,
            JsonSerializer.SerializeToElement(job.Args, AirJson.Default.CommandArgs),
            job.Selection,
            job.By,
            job.OrderedAt,
            job.LastSentAt,
            job.RetryOf,
            job.Cancelled,
            job.Tally.IsOver,
            job.Tally.Total,
            job.Tally.Failed,
            job.Tally.ByStatus.Where(f => f.Value > 0).ToDictionary(f => f.Key.ToString(), f => f.Value),
            [
                .. job.Speakers.Select(s => new Part(
                    s.Speaker,
                    s.Name,
                    s.Status.ToString(),
                    s.Reason,
                    s.Found is null ? null : JsonSerializer.SerializeToElement(s.Found, AirJson.Default.ReadBack),
                    s.SentAt,
                    s.EndedAt
                )),
            ]
        );
}
