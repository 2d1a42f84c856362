using Loa.Air;
using Loa.Contracts.Devices;
using Loa.Devices.Data;
using Loa.Devices.Registry;
using Loa.Kernel;
using Loa.Ui;
using Loa.Vietnamese;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Loa.Devices.Enrolments;

/// <summary>A technician looks at the speaker behind a code and finds the place it stands at, before he claims it.</summary>
sealed class PrepareClaim(DevicesDb db, Sight sight, FindEnrolment find, PlacementSigning signing) : IUseCase
{
    const int MostPlaces = 12;

    /// <param name="Fault">Why the code leads nowhere, in a sentence.</param>
    /// <param name="Chosen">The place that the technician chose among those found; what is done there is asked next.</param>
    public record Response(
        string? Code,
        string? Fault,
        OpenEnrolment? Enrolment,
        string? Q,
        Place? Known,
        Place? Chosen,
        IReadOnlyList<Place> Places,
        IReadOnlyList<Choice> Hamlets,
        bool SignsHere,
        string? RootNumber
    )
    {
        /// <summary>Its software does not check whom it talks to: only a line that is trusted will do.</summary>
        public bool IsUnchecked => Enrolment is { } open && AirProtocol.IsOld(open.Protocol);
    }

    /// <param name="IsTaken">It has, or had, another board, which this one would replace.</param>
    public record Place(Guid Id, string Name, string Serial, string Unit, bool IsTaken);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/speakers/claim", Page).RequireRight(DevicesRights.ClaimSpeakers);

    static RazorComponentResult<ClaimPage> Page(string? code, string? q, Guid? place) =>
        UiModule.Show<ClaimPage>(
            new
            {
                Code = code,
                Q = q,
                PlaceId = place,
            }
        );

    public async Task<Response> Run(string? code, string? q, Guid? chosen, CancellationToken cancel)
    {
        if (string.IsNullOrWhiteSpace(code))
            return new(null, null, null, q, null, null, [], [], signing.SignsHere, find.RootNumber);
        OpenEnrolment open;
        try
        {
            open = await find.ByCode(code, cancel);
        }
        catch (RefusedException e)
        {
            // The page is where the code is typed: the refusal belongs beside the field.
            return new(
                code,
                Words.Get("refused." + e.Code, e.Args),
                null,
                q,
                null,
                null,
                [],
                [],
                signing.SignsHere,
                find.RootNumber
            );
        }
        var reach = sight.Over(DevicesRights.ClaimSpeakers);
        var known = await db.Speakers.AsNoTracking().FirstOrDefaultAsync(s => s.Serial == open.Serial, cancel);
        var places = known is null ? await Places(q, open.Serial, reach, cancel) : [];
        return new(
            code,
            null,
            open,
            q,
            known is null ? null : await Known(known, open, cancel),
            known is null && chosen is { } id ? await Chosen(id, open.Serial, reach, cancel) : null,
            places,
            known is null ? Hamlets(q, reach) : [],
            signing.SignsHere,
            find.RootNumber
        );
    }

    // Where another key was named beforehand, this board would take the other's place.
    async Task<Place> Known(Speaker known, OpenEnrolment open, CancellationToken cancel)
    {
        var place = PlaceOf(known, open.Serial);
        return await db.PreregisteredKeys.AnyAsync(e => e.SpeakerId == known.Id && e.Kid != open.Kid, cancel)
            ? place with
            {
                IsTaken = true,
            }
            : place;
    }

    async Task<Place?> Chosen(Guid id, string serial, Reach reach, CancellationToken cancel)
    {
        var speaker = await db.Speakers.AsNoTracking().FirstOrDefaultAsync(s => s.Id == id, cancel);
        return speaker is not null && reach.Holds(speaker.UnitId) ? PlaceOf(speaker, serial) : null;
    }

    async Task<IReadOnlyList<Place>> Places(string? q, string serial, Reach reach, CancellationToken cancel)
    {
        if (string.IsNullOrWhiteSpace(q))
            return [];
        var filter = new SpeakerFilter(q, "all");
        var found = await filter
            .InOrder(filter.Of(db.Speakers.AsNoTracking(), reach).Where(s => s.Vendor == SpeakerProcedure.Own))
            .Take(MostPlaces)
            .ToListAsync(cancel);
        return [.. found.Select(s => PlaceOf(s, serial))];
    }

    // Those whose own name was typed come before those of a commune that is called so.
    Choice[] Hamlets(string? q, Reach reach)
    {
        var terms = SearchTerms.Of(q);
        if (terms.IsNothing)
            return [];
        return
        [
            .. sight
                .Tree.All.Where(u => reach.Holds(u.Id))
                .Where(u => !sight.Tree.ChildrenOf(u.Id).Any())
                .Select(u => (u.Id, Name: sight.Tree.NameOf(u.Id), Place: sight.Tree.PlaceOf(u.Id)))
                .Where(u => terms.AreIn(u.Place))
                .OrderByDescending(u => terms.CountIn(u.Name))
                .ThenBy(u => SortKey.Of(u.Place), StringComparer.Ordinal)
                .Take(MostPlaces)
                .Select(u => new Choice(u.Id.ToString(), u.Place)),
        ];
    }

    Place PlaceOf(Speaker speaker, string serial) =>
        new(
            speaker.Id,
            speaker.Name,
            speaker.Serial,
            sight.Tree.PlaceOf(speaker.UnitId),
            speaker.State == SpeakerStates.Enrolled || speaker.Serial != serial
        );
}
