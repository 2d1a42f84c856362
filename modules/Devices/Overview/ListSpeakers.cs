using System.Runtime.CompilerServices;
using System.Text.Json.Serialization;
using Loa.Contracts.Devices;
using Loa.Devices.Data;
using Loa.Devices.Health;
using Loa.Devices.Registry;
using Loa.Kernel;
using Loa.Ui;
using Loa.Vietnamese;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Loa.Devices.Overview;

/// <summary>The speakers an officer may see, with what each one does now.</summary>
sealed class ListSpeakers(DevicesDb db, ISpeakerPlays plays, Sight sight, LatestHealth latest) : IUseCase
{
    const int Together = 500;

    public record Response(
        IReadOnlyList<Row> Speakers,
        int Page,
        int Total,
        string Kind,
        string? Q,
        IReadOnlyDictionary<string, int> Counts,
        IReadOnlyList<string> Models
    );

    public record Row(
        Guid Id,
        string Serial,
        string Name,
        Guid UnitId,
        string Unit,
        string Vendor,
        string Model,
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

        /// <summary>Why it does not do what it should.</summary>
        [JsonIgnore]
        public string? Fault => (RefusedReason ?? RecordFault) is { } reason ? Reasons.Of(reason) : null;

        /// <summary>What it does now, or why it does not.</summary>
        [JsonIgnore]
        public string? Doing =>
            Fault
            ?? Playing switch
            {
                null => null,
                "" => Words.Get("play.stage.Playing"),
                var title => title,
            };

        [JsonIgnore]
        public string PresenceText =>
            State == SpeakerStates.Enrolled ? "presence." + Presence : "state.speaker." + State;
    }

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/speakers", () => UiModule.Show<SpeakersPage>(new { })).RequireRight(DevicesRights.SeeSpeakers);
        routes.MapGet("/api/speakers", Json).RequireRight(DevicesRights.SeeSpeakers);
        routes.MapFiles<ListSpeakers, Row>(
            "/speakers",
            SpeakerList.Shape,
            DevicesRights.SeeSpeakers,
            (useCase, view, http) => useCase.All(view, http.RequestAborted)
        );
    }

    static Task<Response> Json(HttpContext http, ListSpeakers useCase, CancellationToken cancel) =>
        useCase.Run(SpeakerList.Shape.Asked(http), cancel);

    public async Task<Response> Run(ListView view, CancellationToken cancel)
    {
        var filter = SpeakerList.FilterOf(view, sight);
        var reach = sight.Over(DevicesRights.SeeSpeakers);
        var groups = await Groups(filter, view, reach, cancel);
        var counts = SpeakerGroup.ByKind([.. groups.Where(filter.IsOfModel)]);
        var total = counts[filter.Kind];
        var ids = await Ids(filter, view, reach, [.. groups.Where(filter.Holds)], cancel);
        var places = ids.Index().ToDictionary(i => i.Item, i => i.Index);
        var rows = await Rows(db.Speakers.AsNoTracking().Where(s => ids.Contains(s.Id))).ToListAsync(cancel);
        rows.Sort((a, b) => places[a.Row.Id].CompareTo(places[b.Row.Id]));
        return new(
            await Named(rows, cancel),
            view.Page,
            total,
            filter.Kind,
            filter.Q,
            counts,
            [.. groups.Select(g => g.Model).Where(m => m.Length > 0).Distinct(StringComparer.Ordinal).Order()]
        );
    }

    Task<List<SpeakerGroup>> Groups(SpeakerFilter filter, ListView view, Reach reach, CancellationToken cancel) =>
        SpeakerSegments.Count(filter.OfAnyModel.Matching(db.Speakers.AsNoTracking(), reach), view.Sort, cancel);

    async Task<IReadOnlyList<Guid>> Ids(
        SpeakerFilter filter,
        ListView view,
        Reach reach,
        IReadOnlyList<SpeakerGroup> groups,
        CancellationToken cancel
    )
    {
        var listed = filter.Of(db.Speakers.AsNoTracking(), reach);
        if (!IsRanked(filter, view))
            return await OrderOf(view, groups).Ids(listed, view.Skip, view.Size, cancel);
        var stretch = PageStretch.Of(view.Skip, view.Size, groups.Sum(g => g.Count));
        var ranked = stretch.FromEnd ? filter.FromEnd(listed) : filter.InOrder(listed);
        return stretch.Turned(await ranked.Select(s => s.Id).Skip(stretch.Skip).Take(stretch.Take).ToListAsync(cancel));
    }

    async IAsyncEnumerable<Row> All(ListView view, [EnumeratorCancellation] CancellationToken cancel)
    {
        var filter = SpeakerList.FilterOf(view, sight);
        var reach = sight.Over(DevicesRights.SeeSpeakers);
        var listed = filter.Of(db.Speakers.AsNoTracking(), reach);
        var groups = await Groups(filter, view, reach, cancel);
        var all = IsRanked(filter, view)
            ? Rows(filter.InOrder(listed)).AsAsyncEnumerable()
            : OrderOf(view, [.. groups.Where(filter.Holds)])
                .All(listed, Rows, shown => (shown.Row.UnitId, SortKey.Of(shown.Row.Name), shown.Row.Id), cancel);
        await foreach (var some in all.Chunk(Together).WithCancellation(cancel))
        foreach (var row in await Named(some, cancel))
            yield return row;
    }

    SpeakersInOrder OrderOf(ListView view, IReadOnlyList<SpeakerGroup> groups) =>
        new(sight.Tree, view.Sort, view.IsDescending, groups);

    // Who looks for a number and asks for no order gets what is called so before what has it in its serial.
    static bool IsRanked(SpeakerFilter filter, ListView view) =>
        filter.Serial is not null && view is { Sort: SpeakersInOrder.Place, IsDescending: false };

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
                s.Model,
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
}
