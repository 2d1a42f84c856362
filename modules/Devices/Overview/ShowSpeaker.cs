using Loa.Cases;
using Loa.Contracts.Devices;
using Loa.Devices.Commands;
using Loa.Devices.Data;
using Loa.Devices.Health;
using Loa.Devices.Packages;
using Loa.Devices.Registry;
using Loa.Kernel;
using Loa.Ui;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Loa.Devices.Overview;

/// <summary>All there is to know of one speaker: what it does, where it stands, what it holds, played and refused.</summary>
sealed class ShowSpeaker(
    DevicesDb db,
    Sight sight,
    PackageShelf shelves,
    PlacementSigning signing,
    ISpeakerPlays plays,
    LatestHealth latest,
    TimeProvider clock
) : IUseCase
{
    // As many as the history shows, so that it can say what became of each.
    const int Latest = LatestActs.Shown;
    const int Shown = 15;

    public record Response(
        Speaker Speaker,
        Case Case,
        LatestActs History,
        IReadOnlyList<string> Path,
        DateTimeOffset? LastSeen,
        long? TimetableDesired,
        string? Playing,
        SpeakerPast Past,
        IReadOnlyList<SentCommand> Commands,
        IReadOnlyList<CommandEntry> MayCommand,
        IReadOnlyList<Choice> Packages,
        IReadOnlyDictionary<string, string> PackageNames,
        bool MayClaim,
        bool SignsHere,
        IReadOnlyList<Choice> Hamlets,
        DateTimeOffset Now
    )
    {
        public IReadOnlyList<SentCommand> Lately => [.. Commands.Take(Shown)];
    }

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/speakers/{id:guid}", Page).RequireRight(DevicesRights.SeeSpeakers);
        routes.MapGet("/api/speakers/{id:guid}", Json).RequireRight(DevicesRights.SeeSpeakers);
    }

    static RazorComponentResult<SpeakerPage> Page(Guid id) => UiModule.Show<SpeakerPage>(new { Id = id });

    static async Task<SpeakerJson> Json(Guid id, ShowSpeaker useCase, CancellationToken cancel) =>
        SpeakerJson.Of(await useCase.Run(id, cancel));

    public async Task<Response> Run(Guid id, CancellationToken cancel)
    {
        var speaker = await new SeenSpeakers(db, sight).One(id, cancel);
        var standing = (await db.Find(SpeakerProcedure.Definition, id, cancel))!;
        var timetables = await plays.Timetables([id], cancel);
        var past = await plays.Past(id, cancel);
        var commands = await db
            .Commands.AsNoTracking()
            .Where(c => c.SpeakerId == id)
            .OrderByDescending(c => c.OrderedAt)
            .Take(Latest)
            .ToListAsync(cancel);
        var path = sight.Tree.PathOf(speaker.UnitId);
        var mayClaim = sight.May(DevicesRights.ClaimSpeakers, speaker.UnitId);
        return new(
            speaker,
            standing,
            await db.LatestActs(standing, cancel),
            [.. path.Select(sight.Tree.NameOf)],
            latest.LastSeen(id, speaker.LastSeen),
            timetables.TryGetValue(id, out var version) ? version : null,
            past.TitleOf(speaker.Playing),
            past,
            commands,
            [.. CommandCatalog.All.Where(c => speaker.Knows(c.Name) && sight.May(c.Right, speaker.UnitId))],
            await shelves.Offered(cancel),
            await shelves.NamesIn(commands.Select(c => c.ReadArgs()), cancel),
            mayClaim,
            signing.SignsHere,
            mayClaim ? await Neighbours(speaker, path, cancel) : [],
            clock.Moment()
        );
    }

    // Most moves are within the commune; a farther one is made by whoever holds the right there. Where the key that signed
    // the present place is revoked, the place itself may be signed anew.
    async Task<IReadOnlyList<Choice>> Neighbours(Speaker speaker, IReadOnlyList<Guid> path, CancellationToken cancel)
    {
        if (path.Count < 2)
            return [];
        var kids = await signing.Revoked(cancel);
        var again =
            kids.Count > 0
            && await db.Keys.AnyAsync(k => k.SpeakerId == speaker.Id && kids.Contains(k.PlacedBy), cancel);
        return
        [
            .. sight
                .Tree.ChildrenOf(path[^2])
                .Where(u => again || u.Id != speaker.UnitId)
                .OrderByDescending(u => u.Id == speaker.UnitId)
                .Select(u => new Choice(u.Id.ToString(), sight.Tree.NameOf(u.Id))),
        ];
    }
}
