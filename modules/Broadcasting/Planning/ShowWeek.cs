using System.Text;
using Loa.Broadcasting.Data;
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

/// <summary>What programmes bring to one unit in a week, and the same as a calendar that others subscribe to.</summary>
sealed class ShowWeek(BroadcastingDb db, Cases<Programme> cases, AirOutlook outlook, Sight sight, TimeProvider clock)
    : IUseCase
{
    const int Days = 7;

    /// <param name="MayOrder">Whether who looks may skip it.</param>
    public sealed record Row(SeenTime Time, string Title, bool MayOrder);

    public sealed record Response(Guid Unit, DateOnly Monday, DateOnly Today, ILookup<DateOnly, Row> Rows);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/week", Show).RequireRight(BroadcastingRights.SeeBroadcasts);
        routes.MapGet("/week/{unit:guid}.ics", Feed).RequireRight(BroadcastingRights.SeeBroadcasts);
    }

    static IResult Show(string? unit, string? day) => UiModule.Show<ShowWeekPage>(new { Unit = unit, Day = day });

    static async Task<IResult> Feed(Guid unit, ShowWeek useCase, CancellationToken cancel) =>
        TypedResults.Text(await useCase.Calendar(unit, cancel), "text/calendar", Encoding.UTF8);

    public async Task<Response> Run(string? asked, string? day, CancellationToken cancel)
    {
        var (today, now) = (clock.Today(), clock.Moment());
        var unit = Guid.TryParse(asked, out var given) ? given : Own();
        var any = Loa.Ui.Days.TryRead(day ?? "", out var read) ? read : today;
        var monday = any.AddDays(-(((int)any.DayOfWeek + 6) % 7));
        var (from, to) = (VietnamTime.StartOf(monday), VietnamTime.StartOf(monday.AddDays(Days)));
        var rows = new List<Row>();
        // What is meant for only a part of the unit is told as it stands there.
        foreach (var there in (await Heard(unit, cancel)).GroupBy(p => PlaceOf(p, unit)))
        foreach (
            var time in await outlook.Of(
                there.SelectMany(p => p.Between(from, to, withSkipped: true)),
                there.Key,
                cancel
            )
        )
        {
            var programme = time.Of.Programme;
            var mayOrder =
                time.Of.Start > now && programme.Plan.Units.All(u => sight.May(BroadcastingRights.OrderBroadcasts, u));
            rows.Add(new(time, programme.Case.Title, mayOrder));
        }
        return new(
            unit,
            monday,
            today,
            rows.OrderBy(row => row.Time.At).ToLookup(row => VietnamTime.DayOf(row.Time.At))
        );
    }

    public async Task<string> Calendar(Guid unit, CancellationToken cancel)
    {
        var heard = await Heard(unit, cancel);
        return IcsWriter.Write(
            heard.Select(p => new IcsEvent(
                $"{p.Case.Id:N}@loa",
                p.Case.Title,
                p.Plan.Series,
                string.Join("\n", p.Plan.Items.Select(item => item.Title))
            )),
            "-//Loa Thanh//Programmes//VI",
            clock.Moment()
        );
    }

    async Task<IReadOnlyList<Programme>> Heard(Guid unit, CancellationToken cancel)
    {
        if (sight.Tree.Find(unit) is null || !sight.Touches(BroadcastingRights.SeeBroadcasts, unit))
            throw new MissingException("unit");
        return [.. (await db.Programmes(cancel)).Where(p => cases.IsSeen(p) && p.Plan.Units.Any(u => Meet(u, unit)))];
    }

    bool Meet(Guid one, Guid other) => sight.Tree.IsInside(one, other) || sight.Tree.IsInside(other, one);

    Guid PlaceOf(Programme programme, Guid unit) =>
        programme.Plan.Units.Any(u => sight.Tree.IsInside(unit, u))
            ? unit
            : programme.Plan.Units.First(u => sight.Tree.IsInside(u, unit));

    Guid Own() =>
        sight.Over(BroadcastingRights.SeeBroadcasts).Roots is [var first, ..]
            ? first
            : throw new MissingException("unit");
}
