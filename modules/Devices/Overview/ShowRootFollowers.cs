using Loa.Air;
using Loa.Contracts.Devices;
using Loa.Contracts.People;
using Loa.Contracts.Trust;
using Loa.Devices.Data;
using Loa.Devices.Registry;
using Loa.Kernel;
using Loa.Ui;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Loa.Devices.Overview;

/// <summary>An officer sees how many speakers obey the root of today, and which do not yet.</summary>
sealed class ShowRootFollowers(DevicesDb db, Sight sight, ITrust trust) : IUseCase
{
    public const int PageSize = 25;

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

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/speakers/root", Page).RequireRight(DevicesRights.SeeSpeakers);
        routes.MapGet("/api/speakers/root", Json).RequireRight(DevicesRights.SeeSpeakers);
    }

    static RazorComponentResult<RootFollowersPage> Page(int? page) =>
        UiModule.Show<RootFollowersPage>(new { Number = page ?? 1 });

    static Task<Response> Json(int? page, ShowRootFollowers useCase, CancellationToken cancel) =>
        useCase.Run(page ?? 1, cancel);

    public async Task<Response> Run(int page, CancellationToken cancel)
    {
        page = PageNumber.Of(page);
        var root = trust.Root?.KeyId;
        var enrolled = new SpeakerFilter(null, null)
            .Matching(db.Speakers.AsNoTracking(), sight.Over(DevicesRights.SeeSpeakers))
            .Where(s => s.State != SpeakerStates.Registered && s.State != SpeakerStates.Retired);
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
        var others = enrolled.Where(s => s.RootHeld == null || s.RootHeld != root);
        return new(
            root is null ? null : ClaimCheck.RootNumber(root),
            RootChange.TryRead(trust.RootChanges.LastOrDefault(), out var change, out _)
                ? change.Document.Expires
                : null,
            taken,
            total,
            groups.Where(g => !g.HasTaken && g.IsTooOld).Sum(g => g.Count),
            await Rows(others, PageStretch.Of((page - 1) * PageSize, PageSize, total - taken), cancel),
            page
        );
    }

    // The order is found in an index alone, and of the speakers only those that are shown are read.
    async Task<IReadOnlyList<Row>> Rows(IQueryable<Speaker> others, PageStretch stretch, CancellationToken cancel)
    {
        var sorted = stretch.FromEnd
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
