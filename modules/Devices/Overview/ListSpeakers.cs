using System.Runtime.CompilerServices;
using Loa.Contracts.Devices;
using Loa.Devices.Data;
using Loa.Devices.Health;
using Loa.Devices.Registry;
using Loa.Kernel;
using Loa.Ui;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Loa.Devices.Overview;

/// <summary>The speakers an officer may see, with what each one does now.</summary>
sealed class ListSpeakers(DevicesDb db, ISpeakerPlays plays, Sight sight, LatestHealth latest) : IUseCase
{
    public const int PageSize = 25;

    const int Together = 500;

    public record Response(
        IReadOnlyList<Row> Speakers,
        int Page,
        int Total,
        string Kind,
        string? Q,
        IReadOnlyDictionary<string, int> Counts
    );

    public record Row(
        Guid Id,
        string Serial,
        string Name,
        Guid UnitId,
        string Unit,
        string Vendor,
        int Horns,
        string State,
        Presence Presence,
        DateTimeOffset? LastSeen,
        int? Volume,
        string? Playing,
        long? TimetableDesired,
        long? TimetableHeld,
        string? RefusedReason,
        string? RecordFault,
        bool MadeUp
    )
    {
        public bool Online => Presence == Presence.Online;

        public bool IsBehind => TimetableDesired is { } desired && desired != TimetableHeld;
    }

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/speakers", Page).RequireRight(DevicesRights.SeeSpeakers);
        routes.MapGet("/speakers.csv", Export).RequireRight(DevicesRights.SeeSpeakers);
        routes.MapGet("/api/speakers", Json).RequireRight(DevicesRights.SeeSpeakers);
    }

    static RazorComponentResult<SpeakersPage> Page(string? q, string? show, int? page) =>
        UiModule.Show<SpeakersPage>(
            new
            {
                Q = q,
                Show = show,
                Number = page ?? 1,
            }
        );

    static Task<Response> Json(string? q, string? show, int? page, ListSpeakers useCase, CancellationToken cancel) =>
        useCase.Run(new(q, show), page ?? 1, cancel);

    static Csv Export(string? q, string? show, ListSpeakers useCase) =>
        new(
            "speakers.csv",
            [
                .. new[]
                {
                    "name",
                    "serial",
                    "unit",
                    "vendor",
                    "horns",
                    "state",
                    "presence",
                    "last-seen",
                    "volume",
                    "timetable-desired",
                    "timetable-held",
                    "refused",
                }.Select(column => Words.Get("speakers.column." + column)),
            ],
            useCase.All(new(q, show))
        );

    public async Task<Response> Run(SpeakerFilter filter, int page, CancellationToken cancel)
    {
        var reach = sight.Over(DevicesRights.SeeSpeakers);
        var counts = SpeakerGroup.ByKind(await filter.Matching(db.Speakers.AsNoTracking(), reach).InGroups(cancel));
        var total = counts[filter.Kind];
        page = PageNumber.Of(page);
        var ids = await Ids(filter, reach, page, total, cancel);
        var rows = await Rows(db.Speakers.AsNoTracking().Where(s => ids.Keys.Contains(s.Id))).ToListAsync(cancel);
        rows.Sort((a, b) => ids[a.Row.Id].CompareTo(ids[b.Row.Id]));
        return new(await Named(rows, cancel), page, total, filter.Kind, filter.Q, counts);
    }

    /// <returns>Each with its place on the page.</returns>
    async Task<Dictionary<Guid, int>> Ids(
        SpeakerFilter filter,
        Reach reach,
        int page,
        int total,
        CancellationToken cancel
    )
    {
        var stretch = PageStretch.Of((page - 1) * PageSize, PageSize, total);
        var listed = filter.Of(db.Speakers.AsNoTracking(), reach);
        var sorted = stretch.FromEnd ? filter.FromEnd(listed) : filter.InOrder(listed);
        var ids = await sorted.Select(s => s.Id).Skip(stretch.Skip).Take(stretch.Take).ToListAsync(cancel);
        return stretch.Turned(ids).Index().ToDictionary(i => i.Item, i => i.Index);
    }

    static IQueryable<Shown> Rows(IQueryable<Speaker> speakers) =>
        speakers.Select(s => new Shown(
            s.Playing,
            new Row(
                s.Id,
                s.Serial,
                s.Name,
                s.UnitId,
                "",
                s.Vendor,
                s.Horns,
                s.State,
                s.Presence,
                s.LastSeen,
                s.Volume,
                null,
                null,
                s.TimetableHeld,
                s.RefusedReason,
                s.RecordFault,
                s.MadeUp
            )
        ));

    sealed record Shown(Guid? Playing, Row Row);

    async Task<IReadOnlyList<Row>> Named(IReadOnlyCollection<Shown> shown, CancellationToken cancel)
    {
        var timetables = await plays.Timetables([.. shown.Select(s => s.Row.Id)], cancel);
        var titles = await plays.Titles(
            shown.Where(s => s.Playing is not null).ToDictionary(s => s.Row.Id, s => s.Playing!.Value),
            cancel
        );
        return
        [
            .. shown.Select(s =>
                s.Row with
                {
                    Unit = sight.Tree.PlaceOf(s.Row.UnitId),
                    LastSeen = latest.LastSeen(s.Row.Id, s.Row.LastSeen),
                    Playing = titles.GetValueOrDefault(s.Row.Id),
                    TimetableDesired = timetables.TryGetValue(s.Row.Id, out var version) ? version : null,
                }
            ),
        ];
    }

    async IAsyncEnumerable<object?[]> All(
        SpeakerFilter filter,
        [EnumeratorCancellation] CancellationToken cancel = default
    )
    {
        var chosen = filter.Of(db.Speakers.AsNoTracking(), sight.Over(DevicesRights.SeeSpeakers));
        await foreach (
            var some in Rows(filter.InOrder(chosen)).AsAsyncEnumerable().Chunk(Together).WithCancellation(cancel)
        )
        foreach (var row in await Named(some, cancel))
            yield return
            [
                row.Name,
                row.Serial,
                row.Unit,
                VendorName.Of(row.Vendor),
                row.Horns,
                Words.Get("state.speaker." + row.State),
                Words.Get("presence." + row.Presence),
                row.LastSeen,
                row.Volume,
                row.TimetableDesired,
                row.TimetableHeld,
                row.RefusedReason is null ? null : Reasons.Of(row.RefusedReason),
            ];
    }
}
