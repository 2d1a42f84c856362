using Loa.Broadcasting.Programmes;
using Loa.Calendar;
using Loa.Cases;
using Loa.Contracts.Broadcasting;
using Loa.Kernel;
using Loa.Ui;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Loa.Broadcasting.Planning;

/// <summary>One time of a programme is skipped, moved, or heard as planned after all; the others stay as they are.</summary>
sealed class ExceptOnce(Cases<Programme> cases, ProgrammeChecks checks, TimeProvider clock) : IUseCase
{
    /// <param name="Day">The day on which it is by its rule.</param>
    /// <param name="To">Moved: at another time of the day.</param>
    /// <param name="ToDay">Moved: on another day.</param>
    /// <param name="Week">The unit in whose week it was seen: the page that one comes back to.</param>
    public record Request(
        DateOnly Day,
        TimeOnly? To = null,
        DateOnly? ToDay = null,
        Guid? Week = null,
        int? Seen = null
    );

    public static void Map(IEndpointRouteBuilder routes)
    {
        foreach (var move in new[] { ProgrammeProcedure.Skip, ProgrammeProcedure.Restore, ProgrammeProcedure.Shift })
            routes
                .MapPost(
                    $"/programmes/{{id:guid}}/{move}",
                    (Guid id, Input<Request> input, ExceptOnce useCase, HttpContext http, CancellationToken cancel) =>
                        Post(id, move, input.Value, useCase, http, cancel)
                )
                .RequireRight(BroadcastingRights.OrderBroadcasts);
    }

    static async Task<IResult> Post(
        Guid id,
        string move,
        Request request,
        ExceptOnce useCase,
        HttpContext http,
        CancellationToken cancel
    )
    {
        var moved = await useCase.Run(id, move, request, cancel);
        http.Say($"programme.said.{move}");
        var page = request.Week is { } unit
            ? $"/week?unit={unit}&day={request.Day:yyyy-MM-dd}"
            : $"{Programme.Path}/{id}";
        return Answer.Done(http, page, moved);
    }

    public async Task<CaseMoved> Run(Guid id, string move, Request request, CancellationToken cancel)
    {
        var seen = await cases.See(id, cancel);
        var actor = await cases.Demand(move, seen, request.Seen, cancel);
        checks.Actors(seen.Plan.Units);
        var (times, now) = (seen.Plan.Times, clock.Moment());
        var original = request.Day.ToDateTime(TimeOnly.FromDateTime(times.First));
        var plain = times with
        {
            LeftOut = [.. times.LeftOut.Where(t => t != original)],
            Moved = [.. times.Moved.Where(m => m.Original != original)],
        };
        Refuse.Unless(plain.Names(original), "programme.no-such-time");
        // What has begun is not changed: neither by its rule nor where it was moved to.
        var stands = times.Moved.FirstOrDefault(m => m.Original == original)?.Start ?? original;
        Refuse.If(At(original) <= now || At(stands) <= now || At(original) < seen.Plan.Since, "programme.has-begun");
        var (next, said) = move switch
        {
            ProgrammeProcedure.Skip => (plain with { LeftOut = [.. plain.LeftOut, original] }, request.Day.Shown()),
            ProgrammeProcedure.Shift => Moved(plain, original, request, now),
            _ => (plain, request.Day.Shown()),
        };
        var patch = ProgrammeCases.Patch(seen.With(next));
        return CaseMoved.Of((await cases.Move(seen, move, new(patch, said), actor, cancel)).Case);
    }

    static (ProgrammeTimes, string) Moved(ProgrammeTimes plain, DateTime original, Request request, DateTimeOffset now)
    {
        if (request.To is not { } to)
            throw new InvalidException("to", "required");
        var goal = (request.ToDay ?? request.Day).ToDateTime(to);
        Refuse.If(At(goal) <= now, "programme.has-begun");
        return (
            plain with
            {
                Moved = [.. plain.Moved, new(original, goal)],
            },
            $"{request.Day.Shown()} → {At(goal).Shown()}"
        );
    }

    static DateTimeOffset At(DateTime clockTime) => LocalTime.At(VietnamTime.Zone, clockTime);
}
