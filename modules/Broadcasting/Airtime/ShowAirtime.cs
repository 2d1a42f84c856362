using Loa.Cases;
using Loa.Contracts.Broadcasting;
using Loa.Kernel;
using Loa.Ui;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Loa.Broadcasting.Airtime;

/// <summary>When the speakers of a unit may be heard now and from when otherwise, by whose word, and all that the unit ever said of it.</summary>
sealed class ShowAirtime(AirtimeCases airtime, PolicyQueries policies, Sight sight, TimeProvider clock) : IUseCase
{
    /// <param name="Own">The unit said something of it itself, and may take it back.</param>
    public sealed record Row(string Name, IReadOnlyList<AirtimeLine> Lines, bool Own);

    /// <param name="Has">It has a policy of its own.</param>
    public sealed record Place(Guid Id, string Name, bool Has);

    /// <param name="Coming">What it said last counts from then on; null when it does already.</param>
    /// <param name="Cuts">What it said, and a unit above has forbidden since.</param>
    /// <param name="Seen">The number of acts.</param>
    public sealed record Response(
        Guid Unit,
        string Name,
        IReadOnlyList<Row> Rows,
        AirPolicy Own,
        AirPolicy? Upper,
        DateTimeOffset? Coming,
        IReadOnlyList<PolicyCut> Cuts,
        IReadOnlyList<Place> Above,
        IReadOnlyList<Place> Below,
        IReadOnlyList<Step> History,
        int Seen,
        bool MaySet,
        DateOnly Today
    );

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/airtime", () => Show(null)).RequireRight(BroadcastingRights.SeeAirtime);
        routes.MapGet("/airtime/{unit:guid}", (Guid unit) => Show(unit)).RequireRight(BroadcastingRights.SeeAirtime);
        routes
            .MapGet("/airtime/{unit:guid}/edit", (Guid unit) => UiModule.Show<EditAirtimePage>(new { Unit = unit }))
            .RequireRight(BroadcastingRights.SetAirtime);
        routes.MapGet("/api/airtime/{unit:guid}", Tell).RequireRight(BroadcastingRights.SeeAirtime);
    }

    static IResult Show(Guid? unit) => UiModule.Show<AirtimePage>(new { Unit = unit });

    static async Task<IResult> Tell(Guid unit, ShowAirtime useCase, CancellationToken cancel)
    {
        var seen = await useCase.Run(unit, cancel);
        return TypedResults.Ok(
            new
            {
                seen.Unit,
                seen.Name,
                Rows = seen.Rows.ToDictionary(
                    r => r.Name,
                    r => r.Lines.Select(l => new { l.Text, By = l.By == Guid.Empty ? (Guid?)null : l.By }),
                    StringComparer.Ordinal
                ),
                seen.Coming,
                Acts = seen.Seen,
            }
        );
    }

    /// <param name="unit">His own when it is not said.</param>
    public async Task<Response> Run(Guid? asked, CancellationToken cancel)
    {
        var unit = asked ?? sight.Over(BroadcastingRights.SeeAirtime).Roots[0];
        airtime.See(unit);
        var (now, today) = (clock.Moment(), clock.Today());
        var all = await policies.All(cancel);
        var path = sight.Tree.PathOf(unit);
        var inForce = all.InForce(path, now, now);
        var upper = all.Said([.. path.SkipLast(1)], now, now);
        var said = all.Of(unit);
        var own = said is [.., var last] ? last.Policy : new();
        var acts = await airtime.Acts(unit, cancel);
        return new(
            unit,
            sight.Tree.NameOf(unit),
            [
                .. AirtimeText.Rows.Select(row => new Row(
                    row,
                    AirtimeText.Lines(inForce, row, today),
                    AirtimeText.Lines(own, row, today).Count > 0
                )),
            ],
            own,
            upper,
            said is [.., { From: var from }] && from > now ? from : null,
            upper is null ? [] : AirPolicy.Inherit(upper, own).Cuts,
            Places(path.SkipLast(1), all),
            Places(sight.Tree.ChildrenOf(unit).Select(u => u.Id).Where(Touches), all),
            [.. acts.Select(act => StepOf(act, today))],
            acts.Length == 0 ? 0 : acts[0].Seq,
            airtime.MaySet(unit),
            today
        );
    }

    bool Touches(Guid unit) => sight.Touches(BroadcastingRights.SeeAirtime, unit);

    IReadOnlyList<Place> Places(IEnumerable<Guid> units, AirPolicies all) =>
        [.. units.Select(u => new Place(u, sight.Tree.NameOf(u), all.Of(u) is [.., var last] && !last.Policy.IsEmpty))];

    static Step StepOf(Act act, DateOnly today)
    {
        var word = PolicyPatch.Read(act);
        var text = Words.Get($"move.{AirtimeProcedure.Name}.{act.Move}");
        var said = AirtimeText.Of(word.Policy, today);
        return new(
            word.From > word.Made ? Words.Get("airtime.said-from", text, VietnamTime.DayOf(word.From).Shown()) : text,
            act.By,
            act.At,
            act.Comment is { } why ? $"{said}. {Words.Get("airtime.why", why)}" : said,
            Icon: act.Move == AirtimeProcedure.Undo ? "arrow-back-up" : "clock"
        );
    }
}
