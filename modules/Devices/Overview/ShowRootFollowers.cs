using System.Runtime.CompilerServices;
using Loa.Air;
using Loa.Contracts.Devices;
using Loa.Contracts.People;
using Loa.Contracts.Trust;
using Loa.Devices.Data;
using Loa.Devices.Registry;
using Loa.Kernel;
using Loa.Ui;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Loa.Devices.Overview;

/// <summary>An officer sees how many speakers obey the root of today, and which do not yet.</summary>
sealed class ShowRootFollowers(DevicesDb db, Sight sight, ITrust trust) : IUseCase
{
    const int Together = 500;

    /// <param name="Number">The root's number; null before there is a root.</param>
    /// <param name="Until">Until when the word of the root before counts; null when there was none.</param>
    /// <param name="TooOld">Of the others, those whose software does not know how to follow.</param>
    /// <param name="Others">Those that obey another root, or have not said which.</param>
    public record Response(
        string? Number,
        DateTimeOffset? Until,
        int Taken,
        int Total,
        int TooOld,
        IReadOnlyList<Row> Others,
        int Page
    );

    public record Row(Guid Id, string Name, string Unit, Presence Presence, DateTimeOffset? LastSeen, bool IsTooOld);

    /// <summary>The list of the others as it is declared.</summary>
    internal static readonly ListShape<Row> Shape = new(
        new("name", "speakers.column.name", s => s.Name) { IsName = true },
        new("unit", "speakers.column.unit", s => s.Unit) { Sorts = false },
        new("presence", "speakers.column.presence", s => Words.Get("presence." + s.Presence)) { Sorts = false },
        new("last-seen", "speakers.column.last-seen", s => s.LastSeen) { Kind = CellKind.Moment, Sorts = false },
        new("too-old", "followers.too-old", s => s.IsTooOld ? Words.Get("followers.too-old") : "")
        {
            Sorts = false,
            IsUsual = false,
        }
    )
    {
        Title = "followers.others",
        Sort = "name",
    };

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapGet("/speakers/root", () => UiModule.Show<RootFollowersPage>(new { }))
            .RequireRight(DevicesRights.SeeSpeakers);
        routes.MapGet("/api/speakers/root", Json).RequireRight(DevicesRights.SeeSpeakers);
        routes.MapFiles<ShowRootFollowers, Row>(
            "/speakers/root",
            Shape,
            DevicesRights.SeeSpeakers,
            (useCase, view, http) => useCase.All(view, http.RequestAborted)
        );
    }

    static Task<Response> Json(HttpContext http, ShowRootFollowers useCase, CancellationToken cancel) =>
        useCase.Run(Shape.Asked(http), cancel);

    // In parts, so that the whole list is never held at once.
    async IAsyncEnumerable<Row> All(ListView view, [EnumeratorCancellation] CancellationToken cancel)
    {
        var others = Others(Enrolled(), trust.Root?.KeyId);
        var total = await others.CountAsync(cancel);
        for (var skip = 0; skip < total; skip += Together)
            foreach (var row in await Rows(others, PageStretch.Of(skip, Together, total), view.IsDescending, cancel))
                yield return row;
    }

    IQueryable<Speaker> Enrolled() =>
        new SpeakerFilter(null, null)
            .Matching(db.Speakers.AsNoTracking(), sight.Over(DevicesRights.SeeSpeakers))
            .Where(s => s.State != SpeakerStates.Registered && s.State != SpeakerStates.Retired);

    static IQueryable<Speaker> Others(IQueryable<Speaker> enrolled, string? root) =>
        enrolled.Where(s => s.RootHeld == null || s.RootHeld != root);

    public async Task<Response> Run(ListView view, CancellationToken cancel)
    {
        var root = trust.Root?.KeyId;
        var enrolled = Enrolled();
        // Counted along IX_Speakers_Roots, in its order.
        var groups = await enrolled
            .GroupBy(s => new { s.RootHeld, s.Protocol })
            .Select(g => new
            {
                HasTaken = root != null && g.Key.RootHeld == root,
                IsTooOld = g.Key.Protocol < AirProtocol.Third,
                Count = g.Count(),
            })
            .ToListAsync(cancel);
        var total = groups.Sum(g => g.Count);
        var taken = groups.Where(g => g.HasTaken).Sum(g => g.Count);
        return new(
            root is null ? null : ClaimCheck.RootNumber(root),
            RootChange.TryRead(trust.RootChanges.LastOrDefault(), out var change, out _)
                ? change.Document.Expires
                : null,
            taken,
            total,
            groups.Where(g => !g.HasTaken && g.IsTooOld).Sum(g => g.Count),
            await Rows(
                Others(enrolled, root),
                PageStretch.Of(view.Skip, view.Size, total - taken),
                view.IsDescending,
                cancel
            ),
            view.Page
        );
    }

    // The order is found in an index alone, and of the speakers only those that are shown are read.
    async Task<IReadOnlyList<Row>> Rows(
        IQueryable<Speaker> others,
        PageStretch stretch,
        bool descending,
        CancellationToken cancel
    )
    {
        var sorted =
            stretch.FromEnd ^ descending
                ? others.OrderByDescending(s => s.NameKey).ThenByDescending(s => s.Id)
                : others.OrderBy(s => s.NameKey).ThenBy(s => s.Id);
        var ids = stretch.Turned(
            await sorted.Select(s => s.Id).Skip(stretch.Skip).Take(stretch.Take).ToListAsync(cancel)
        );
        var rows = await db.Speakers.AsNoTracking().Where(s => ids.Contains(s.Id)).ToDictionaryAsync(s => s.Id, cancel);
        return [.. ids.Where(rows.ContainsKey).Select(id => RowOf(rows[id]))];
    }

    Row RowOf(Speaker speaker) =>
        new(
            speaker.Id,
            speaker.Name,
            sight.Tree.PlaceOf(speaker.UnitId),
            speaker.Presence,
            speaker.LastSeen,
            speaker.Protocol < AirProtocol.Third
        );
}
