using Loa.Contracts.Devices;
using Loa.Devices.Data;
using Loa.Devices.Registry;
using Loa.Kernel;
using Loa.Ui;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Loa.Devices.Health;

/// <summary>How one speaker fares now, and how it fared: what changed and when, and the course of its numbers.</summary>
sealed class ShowHealth(DevicesDb db, Sight sight, LatestHealth latest, TimeProvider clock) : IUseCase
{
    const int MostSignals = 200;

    public record Response(
        Guid Id,
        string Name,
        string Range,
        IReadOnlyList<HealthFact> Facts,
        DateTimeOffset? ToldAt,
        bool Complete,
        IReadOnlyList<Signal> Signals,
        IReadOnlyList<Course> Courses,
        DateTimeOffset From,
        DateTimeOffset To
    );

    /// <summary>One number over the chosen time.</summary>
    public record Course(Metric Metric, IReadOnlyList<Stretch> Stretches);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/speakers/{id:guid}/health", Page).RequireRight(DevicesRights.SeeSpeakers);
        routes.MapGet("/speakers/{id:guid}/health.csv", Export).RequireRight(DevicesRights.SeeSpeakers);
        routes.MapGet("/api/speakers/{id:guid}/health", Json).RequireRight(DevicesRights.SeeSpeakers);
    }

    static RazorComponentResult<HealthPage> Page(Guid id, string? range) =>
        UiModule.Show<HealthPage>(new { Id = id, Range = range });

    static async Task<HealthJson> Json(Guid id, string? range, ShowHealth useCase, CancellationToken cancel) =>
        HealthJson.Of(await useCase.Run(id, range, cancel));

    static async Task<Csv> Export(Guid id, string? range, ShowHealth useCase, CancellationToken cancel) =>
        HealthFile.Of(await useCase.Run(id, range, cancel, thin: false));

    public async Task<Response> Run(Guid id, string? range, CancellationToken cancel, bool thin = true)
    {
        var speaker = await Find(id, cancel);
        var (chosen, now) = (HealthRange.Of(range), clock.Moment());
        var from = now - chosen.Length;
        var first = VietnamTime.DayOf(from);
        var days = await db
            .HealthDays.AsNoTracking()
            .Where(d => d.SpeakerId == id && d.Day >= first)
            .ToListAsync(cancel);
        var signals = await db
            .Signals.AsNoTracking()
            .Where(s => s.SpeakerId == id && s.At >= from)
            .OrderByDescending(s => s.At)
            .Take(MostSignals)
            .ToListAsync(cancel);
        var courses = Metrics
            .All.Select(metric => new Course(metric, HealthHistory.Of(metric, days, Recent(id, metric, chosen), from)))
            .Where(course => course.Stretches.Count > 1)
            .Select(course => thin ? course with { Stretches = HealthHistory.Thinned(course.Stretches) } : course);
        var picture = await latest.Now(db, id, cancel);
        return new(
            id,
            speaker.Name,
            chosen.Name,
            HealthFacts.Of(picture),
            picture?.At,
            picture?.Complete == true,
            signals,
            [.. courses],
            from,
            now
        );
    }

    // Longer than a day the points themselves are not kept.
    IReadOnlyList<Point> Recent(Guid id, Metric metric, HealthRange range) =>
        range == HealthRange.All[0] && latest.Find(id) is { } health ? health.Recent(metric) : [];

    /// <summary>Only what is so now, for the speaker's own page.</summary>
    public async Task<SpeakerHealth.Picture?> Now(Guid id, CancellationToken cancel)
    {
        await Find(id, cancel);
        return await latest.Now(db, id, cancel);
    }

    Task<Speaker> Find(Guid id, CancellationToken cancel) => new SeenSpeakers(db, sight).One(id, cancel);
}
