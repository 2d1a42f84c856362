using Loa.Broadcasting.Programmes;
using Loa.Cases;
using Loa.Contracts.Broadcasting;
using Loa.Contracts.Devices;
using Loa.Kernel;
using Loa.Ui;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Loa.Broadcasting.Planning;

/// <summary>One programme: what is heard, when it is heard next and what becomes of it, and how it went of late.</summary>
sealed class ShowProgramme(Cases<Programme> cases, AirOutlook outlook, IPlays plays, Sight sight, TimeProvider clock)
    : IUseCase
{
    const int Coming = 8;
    const int Lately = 4;
    static readonly TimeSpan past = TimeSpan.FromDays(3);

    /// <summary>One item of a time that is over, and how many speakers played it.</summary>
    public sealed record Played(DateTimeOffset Start, string Title, PlayTally Tally);

    /// <param name="At">The unit at which the next times are told: the first of those in which it is heard.</param>
    public sealed record Response(
        Programme Programme,
        string State,
        bool MayOrder,
        Guid At,
        IReadOnlyList<string> Units,
        IReadOnlyList<string> Except,
        IReadOnlyList<SeenTime> Next,
        IReadOnlyList<Played> Past,
        LatestActs History
    );

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/programmes/{id:guid}", Show).RequireRight(BroadcastingRights.SeeBroadcasts);

    static IResult Show(Guid id) => UiModule.Show<ShowProgrammePage>(new { Id = id });

    public async Task<Response> Run(Guid id, CancellationToken cancel)
    {
        var (programme, now) = (await cases.See(id, cancel), clock.Moment());
        var plan = programme.Plan;
        // His own part of it, where he looks after only a part.
        var at = plan
            .Units.SelectMany(unit =>
                sight.Sees(BroadcastingRights.SeeBroadcasts, unit)
                    ? [unit]
                    : sight.Over(BroadcastingRights.SeeBroadcasts).Roots.Where(root => sight.Tree.IsInside(root, unit))
            )
            .FirstOrDefault(plan.Units[0]);
        return new(
            programme,
            programme.StateAt(now),
            plan.Units.All(unit => sight.May(BroadcastingRights.OrderBroadcasts, unit)),
            at,
            [.. plan.Units.Select(sight.Tree.PlaceOf)],
            [.. plan.Except.Select(sight.Tree.PlaceOf)],
            await outlook.Of(programme.Next(now, Coming, withSkipped: true), at, cancel),
            await Past(programme, now, cancel),
            await cases.History(programme, cancel)
        );
    }

    async Task<IReadOnlyList<Played>> Past(Programme programme, DateTimeOffset now, CancellationToken cancel)
    {
        // Of speakers elsewhere nobody is told, not even their number.
        var over = sight.Over(BroadcastingRights.SeeBroadcasts);
        var played = new List<Played>();
        if (ProgrammeProcedure.Definition.OwnIn.Contains(programme.Case.State))
            return played;
        foreach (var time in programme.Between(now - past, now).TakeLast(Lately).Reverse())
        foreach (var (id, item) in time.Items())
            played.Add(new(time.Start, item.Title, await plays.Tally(id, cancel, over.Everywhere ? null : over.Roots)));
        return played;
    }
}
