namespace Loa.Devices.Health;

/// <summary>How one speaker fares and fared, as programs read it.</summary>
sealed record HealthJson(
    Guid Id,
    DateTimeOffset? ToldAt,
    IReadOnlyDictionary<string, HealthJson.StandJson> Stands,
    IReadOnlyList<HealthJson.SignalJson> Signals,
    IReadOnlyDictionary<string, IReadOnlyList<Stretch>> Courses
)
{
    public record StandJson(string? Value, string? State, DateTimeOffset? Since);

    public record SignalJson(string Kind, string? From, string? To, DateTimeOffset At, int? Number);

    public static HealthJson Of(ShowHealth.Response history) =>
        new(
            history.Id,
            history.ToldAt,
            history
                .Facts.Where(f => f.Kind is not null)
                .ToDictionary(f => f.Kind!.Value.ToString(), f => new StandJson(f.Value, f.State, f.Since)),
            [.. history.Signals.Select(s => new SignalJson(s.Kind.ToString(), s.From, s.To, s.At, s.Number))],
            history.Courses.ToDictionary(c => c.Metric.ToString(), c => c.Stretches)
        );
}
