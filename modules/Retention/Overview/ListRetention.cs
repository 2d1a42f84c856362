using Loa.Contracts.Retention;
using Loa.Kernel;
using Loa.Retention.Archives;
using Loa.Retention.Data;
using Loa.Retention.Rules;
using Loa.Retention.Sweeps;
using Loa.Ui;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Loa.Retention.Overview;

/// <summary>What grows with the years: how much there is of each kind, by how much it grows, what becomes of it, and for how long there is room.</summary>
sealed class ListRetention(
    RetentionDb db,
    RetentionRules rules,
    IEnumerable<IKeptKind> kinds,
    SweepBoard board,
    Storage storage,
    TimeProvider clock
) : IUseCase
{
    // So far back is looked for the growth of a year; less is told as soon as a day has passed.
    const int Back = 365;
    const double Year = 365.25;

    /// <param name="PerYear">Bytes; null until two days are known.</param>
    /// <param name="IsUsual">The project's own rule.</param>
    public record Row(
        string Kind,
        KindSize? Size,
        double? PerYear,
        RetentionRule Rule,
        bool IsUsual,
        bool MayChange,
        SweepState? Sweep,
        LastArchive? Archive
    );

    /// <summary>The file into which the old ones went last.</summary>
    public record LastArchive(DateTimeOffset At, long Lines, long Bytes, string Digest);

    /// <param name="Free">Bytes on the disk of the data folder.</param>
    /// <param name="YearsLeft">At the growth of now; null until it is known, or when nothing grows.</param>
    public record Response(IReadOnlyList<Row> Kinds, long Free, double? YearsLeft, bool IsElsewhere)
    {
        public bool IsSweeping => Kinds.Any(k => k.Sweep is { At: null });
    }

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/retention", Show).RequireRight(RetentionRights.See);
        routes.MapGet("/api/retention", Get).RequireRight(RetentionRights.See);
    }

    static IResult Show() => UiModule.Show<RetentionPage>(new { });

    static Task<Response> Get(ListRetention useCase, CancellationToken cancel) => useCase.Run(cancel);

    public async Task<Response> Run(CancellationToken cancel)
    {
        var from = clock.Today().AddDays(-Back);
        var days = (await db.Sizes.AsNoTracking().Where(s => s.Day >= from).ToListAsync(cancel)).ToLookup(s => s.Kind);
        var archives = (await db.Archives(null, cancel)).ToLookup(a => a.Kind);
        var rows = new List<Row>();
        foreach (var kind in kinds)
            rows.Add(
                await Of(kind, [.. days[kind.Name].OrderBy(s => s.Day)], archives[kind.Name].LastOrDefault(), cancel)
            );
        var free = new DriveInfo(storage.Folder).AvailableFreeSpace;
        // What lies in a database elsewhere takes nothing from this disk.
        var here = rows.Where(r => !storage.IsPostgres || r.Size is { InFiles: true }).ToList();
        var growth = here.Sum(r => Math.Max(0, r.PerYear ?? 0));
        return new(
            [.. rows.OrderByDescending(r => r.Size?.Bytes)],
            free,
            growth > 0 ? free / growth : null,
            storage.IsPostgres
        );
    }

    async Task<Row> Of(IKeptKind kind, SizeOfDay[] days, ArchiveFile? archive, CancellationToken cancel)
    {
        var rule = await rules.Of(kind, cancel);
        return new(
            kind.Name,
            days.Length == 0 ? null : new(days[^1].Rows, days[^1].Bytes, days[^1].InFiles),
            days.Length < 2 ? null : Growth(days[0], days[^1]),
            rule.Rule,
            rule.Made is null,
            kind.Ages.Count > 0,
            board.Of(kind.Name),
            archive is null ? null : new(archive.KeptAt, archive.Lines, archive.Bytes, archive.Digest)
        );
    }

    static double Growth(SizeOfDay first, SizeOfDay last) =>
        (last.Bytes - first.Bytes) / (double)(last.Day.DayNumber - first.Day.DayNumber) * Year;
}
