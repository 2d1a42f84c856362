using Loa.Contracts.Devices;
using Loa.Devices.AsRun;
using Loa.Devices.Data;
using Loa.Devices.Health;
using Loa.Devices.Registry;
using Loa.Devices.Timetables;
using Loa.Kernel;
using Loa.Ui;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Loa.Devices.Overview;

/// <summary>The speakers an officer may see, with what each one does now.</summary>
sealed class ListSpeakers(DevicesDb db, Sight sight, LatestHealth latest) : IUseCase
{
    public const int PageSize = 25;

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
        rows.Sort((a, b) => ids[a.Id].CompareTo(ids[b.Id]));
        return new([.. rows.Select(Named)], page, total, filter.Kind, filter.Q, counts);
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

    IQueryable<Row> Rows(IQueryable<Speaker> speakers) =>
        from s in speakers
        join t in db.Timetables on s.Id equals t.SpeakerId into timetables
        from t in timetables.DefaultIfEmpty()
        join p in db.Plays
            on new { Speaker = s.Id, Item = s.Playing } equals new { Speaker = p.SpeakerId, Item = (Guid?)p.ItemId }
            into plays
        from p in plays.DefaultIfEmpty()
        select new Row(
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
            p == null ? null : p.Title,
            t == null ? null : t.Version,
            s.TimetableHeld,
            s.RefusedReason,
            s.RecordFault,
            s.MadeUp
        );

    Row Named(Row row) =>
        row with
        {
            Unit = sight.Tree.PlaceOf(row.UnitId),
            LastSeen = latest.LastSeen(row.Id, row.LastSeen),
        };

    async IAsyncEnumerable<object?[]> All(SpeakerFilter filter)
    {
        var chosen = filter.Of(db.Speakers.AsNoTracking(), sight.Over(DevicesRights.SeeSpeakers));
        await foreach (var row in Rows(filter.InOrder(chosen)).AsAsyncEnumerable())
            yield return
            [
                row.Name,
                row.Serial,
                sight.Tree.PlaceOf(row.UnitId),
                VendorName.Of(row.Vendor),
                row.Horns,
                Words.Get("state.speaker." + row.State),
                Words.Get("presence." + row.Presence),
                latest.LastSeen(row.Id, row.LastSeen),
                row.Volume,
                row.TimetableDesired,
                row.TimetableHeld,
                row.RefusedReason is null ? null : Reasons.Of(row.RefusedReason),
            ];
    }
}
