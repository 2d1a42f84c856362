using System.Runtime.CompilerServices;
using Loa.Air;
using Loa.Broadcasting.Data;
using Loa.Broadcasting.Programmes;
using Loa.Cases;
using Loa.Contracts.Broadcasting;
using Loa.Kernel;
using Loa.Ui;
using Loa.Vietnamese;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Loa.Broadcasting.Planning;

/// <summary>Everybody sees what is heard in his units by a rule; who may order sees his drafts too.</summary>
sealed class ListProgrammes(BroadcastingDb db, Cases<Programme> cases, Sight sight, TimeProvider clock) : IUseCase
{
    const int Places = 3;

    /// <param name="Next">When it is heard next; null when never again.</param>
    public sealed record Row(
        Guid Id,
        string Title,
        string When,
        DateTimeOffset? Next,
        TimeSpan Length,
        AirClass Class,
        string Where,
        string State
    );

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapGet(Programme.Path, () => UiModule.Show<ListProgrammesPage>(new { }))
            .RequireRight(BroadcastingRights.SeeBroadcasts);
        routes.MapFiles<ListProgrammes, Row>(
            Programme.Path,
            ProgrammeList.Shape,
            BroadcastingRights.SeeBroadcasts,
            (useCase, view, http) => useCase.All(view, http.RequestAborted)
        );
    }

    async IAsyncEnumerable<Row> All(ListView<Row> view, [EnumeratorCancellation] CancellationToken cancel)
    {
        foreach (var row in await Run(view, cancel))
            yield return row;
    }

    /// <summary>All that the list holds, in the order asked for: a province has some hundreds in force.</summary>
    public async Task<IReadOnlyList<Row>> Run(ListView<Row> view, CancellationToken cancel)
    {
        var (state, now) = (view.Of(ProgrammeList.State), clock.Moment());
        string[] stored = state switch
        {
            "" => [ProgrammeProcedure.InForce, ProgrammeProcedure.Draft],
            ProgrammeProcedure.Over => [ProgrammeProcedure.InForce],
            _ => [state],
        };
        var rows = await db
            .Cases.AsNoTracking()
            .Where(c => c.Procedure == ProgrammeProcedure.Name && stored.Contains(c.State))
            .ToListAsync(cancel);
        var (terms, unit) = (SearchTerms.Of(view.Q), view.UnitOf(ProgrammeList.Unit, sight.Tree));
        return view.InOrder(
            rows.Select(Programme.Of)
                .Where(cases.IsSeen)
                .Where(p => terms.IsNothing || terms.AreIn(p.Case.Title))
                .Where(p => unit is not { } at || p.Plan.Units.Any(u => AreOnOnePath(u, at)))
                .Select(p => RowOf(p, now))
                .Where(row => state.Length == 0 ? row.State != ProgrammeProcedure.Over : row.State == state)
        );
    }

    bool AreOnOnePath(Guid one, Guid other) => sight.Tree.IsInside(one, other) || sight.Tree.IsInside(other, one);

    Row RowOf(Programme programme, DateTimeOffset now)
    {
        var plan = programme.Plan;
        var named = string.Join(", ", plan.Units.Take(Places).Select(sight.Tree.NameOf));
        return new(
            programme.Case.Id,
            programme.Case.Title,
            plan.Times.Said(),
            programme.Next(now, 1) is [var next] ? next.Start : null,
            plan.Length,
            AirWord.Read<AirClass>(programme.Case.Text("class")),
            plan.Units.Count > Places ? $"{named}, +{plan.Units.Count - Places}" : named,
            programme.StateAt(now)
        );
    }
}
