using System.ComponentModel.DataAnnotations;
using Loa.Cases;
using Loa.Contracts.Broadcasting;
using Loa.Kernel;
using Loa.Ui;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Loa.Broadcasting.Airtime;

/// <summary>A leader says when the speakers of his unit may be heard; what he leaves out is as the unit above says.</summary>
sealed class SetAirtime(AirtimeCases airtime) : IUseCase
{
    const int MostRows = 10;

    /// <param name="SessionDays">Of each session its weekdays, "12345"; its times have the same place in the other lists.</param>
    /// <param name="Longest">Minutes that a session may last.</param>
    /// <param name="Most">Sessions a day.</param>
    /// <param name="Times">How often the same may be heard in <paramref name="Within"/> days.</param>
    /// <param name="From">The day from which it counts; at once when absent.</param>
    public record Request(
        [MaxLength(MostRows)] string[]? SessionDays = null,
        [MaxLength(MostRows)] TimeOnly[]? SessionFrom = null,
        [MaxLength(MostRows)] TimeOnly[]? SessionTo = null,
        [MaxLength(MostRows)] string[]? QuietDays = null,
        [MaxLength(MostRows)] TimeOnly[]? QuietFrom = null,
        [MaxLength(MostRows)] TimeOnly[]? QuietTo = null,
        [MaxLength(MostRows)] string[]? RelayDays = null,
        [MaxLength(MostRows)] TimeOnly[]? RelayFrom = null,
        [MaxLength(MostRows)] TimeOnly[]? RelayTo = null,
        [MaxLength(60)] DateOnly[]? SilentDays = null,
        [MaxLength(20)] string[]? Holidays = null,
        [Range(1, 1440)] int? Longest = null,
        [Range(1, 20)] int? Most = null,
        [Range(1, 100)] int? Times = null,
        [Range(1, 366)] int? Within = null,
        DateOnly? From = null,
        int? Seen = null,
        [Prose, MaxLength(2000)] string? Comment = null
    );

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/airtime/{unit:guid}", Post).RequireRight(BroadcastingRights.SetAirtime);

    static async Task<IResult> Post(
        Guid unit,
        Input<Request> input,
        SetAirtime useCase,
        HttpContext http,
        CancellationToken cancel
    )
    {
        var moved = await useCase.Run(unit, input.Value, cancel);
        http.Say("airtime.said.set");
        return Answer.Done(http, $"/airtime/{unit}", moved);
    }

    public Task<CaseMoved> Run(Guid unit, Request request, CancellationToken cancel) =>
        airtime.Say(
            unit,
            Read(request, unit),
            request.From,
            AirtimeProcedure.Change,
            new(Comment: request.Comment, Seen: request.Seen),
            cancel
        );

    /// <summary>The policy that a unit would have by it.</summary>
    public static AirPolicy Read(Request request, Guid by)
    {
        var sessions = Rows("sessionDays", request.SessionDays, request.SessionFrom, request.SessionTo);
        var quiet = Rows("quietDays", request.QuietDays, request.QuietFrom, request.QuietTo);
        var relays = Rows("relayDays", request.RelayDays, request.RelayFrom, request.RelayTo);
        Refuse.If(request.Longest is null != request.Most is null, "airtime.both-limits");
        Refuse.If(request.Times is null != request.Within is null, "airtime.both-repeat");
        Refuse.Unless((request.Holidays ?? []).All(Airtime.Holidays.Names.Contains), "airtime.no-such-holiday");
        return new()
        {
            Sessions =
                sessions.Count == 0 ? null : [.. sessions.Select(s => new AirSession(s.Days, s.From, s.Length, by))],
            Limits = request is { Longest: { } longest, Most: { } most }
                ? new(TimeSpan.FromMinutes(longest), most, by)
                : null,
            Quiet = [.. quiet.Select(q => new QuietTime(q.Days, q.From, q.Length, by))],
            Relays = [.. relays.Select(r => new RelaySlot(r.Days, r.From, r.Length, Level: 0, by))],
            SilentDays = [.. (request.SilentDays ?? []).Distinct().Order().Select(day => new SilentDay(day, by))],
            SilentHolidays =
            [
                .. Airtime.Holidays.Names.Intersect(request.Holidays ?? []).Select(name => new SilentHoliday(name, by)),
            ],
            Repeat = request is { Times: { } times, Within: { } within } ? new(times, within, by) : null,
        };
    }

    // A line that ends at the hour at which it began, or earlier, ends on the next day.
    static List<(Weekdays Days, TimeOnly From, TimeSpan Length)> Rows(
        string member,
        string[]? days,
        TimeOnly[]? from,
        TimeOnly[]? to
    )
    {
        var count = days?.Length ?? 0;
        Refuse.If(count != (from?.Length ?? 0) || count != (to?.Length ?? 0), "airtime.row-incomplete");
        var rows = new List<(Weekdays, TimeOnly, TimeSpan)>(count);
        for (var i = 0; i < count; i++)
        {
            var weekdays = PolicyPatch.DaysOf(days![i]);
            if (weekdays == Weekdays.None)
                throw new InvalidException(member, "format");
            Refuse.If(from![i] == to![i], "airtime.row-empty");
            rows.Add((weekdays, from[i], to[i] - from[i]));
        }
        return [.. rows.Order()];
    }
}
