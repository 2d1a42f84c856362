using Loa.Broadcasting.Timetable;
using Loa.Contracts.Devices;
using Loa.Contracts.People;
using Loa.Kernel;
using Loa.Ui;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Loa.Broadcasting.Explain;

/// <summary>Why a speaker is, was or will be silent at a minute, or why it sounds.</summary>
sealed class ExplainMinute(
    AirQuestions questions,
    ISpeakersThen speakers,
    ISpeakerPlays plays,
    IUnits units,
    Sight sight,
    TimeProvider clock
) : IUseCase
{
    // What was asked for before midnight may be heard after it.
    static readonly TimeSpan Around = TimeSpan.FromHours(6);

    /// <param name="Day">All that was asked for on the day or is heard on it, in order of time.</param>
    public sealed record Response(
        Guid Id,
        string Name,
        string Place,
        DateTimeOffset Minute,
        MinuteAnswer Answer,
        string Text,
        string? Why,
        IReadOnlyList<DayItem> Day
    );

    /// <summary>One item of the day.</summary>
    /// <param name="Done">How far it came; null when the speaker told nothing of it.</param>
    public sealed record DayItem(string Title, Guid Broadcast, Fate Fate, PlayStage? Done, string? DoneReason);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/speakers/{id:guid}/heard", Show).RequireRight(DevicesRights.SeeSpeakers);
        routes.MapGet("/api/speakers/{id:guid}/heard", Tell).RequireRight(DevicesRights.SeeSpeakers);
    }

    static RazorComponentResult<ExplainMinutePage> Show(Guid id, TypedDay? day, TimeOnly? time) =>
        UiModule.Show<ExplainMinutePage>(
            new
            {
                Id = id,
                Day = day?.Day,
                Hour = time,
            }
        );

    static async Task<IResult> Tell(
        Guid id,
        TypedDay? day,
        TimeOnly? time,
        ExplainMinute useCase,
        CancellationToken cancel
    )
    {
        var found = await useCase.Run(id, day?.Day, time, cancel);
        return TypedResults.Ok(
            new
            {
                found.Id,
                found.Name,
                found.Place,
                found.Minute,
                Answer = found.Answer.Key,
                found.Text,
                found.Why,
                found.Answer.Title,
                found.Answer.From,
                found.Answer.To,
                found.Answer.Reason,
                Day = found.Day.Select(item => new
                {
                    item.Title,
                    item.Broadcast,
                    Asked = item.Fate.Candidate.Start,
                    Fate = MinuteText.Name(item.Fate.Kind),
                    item.Fate.At,
                    Reason = item.Fate.Because,
                    Done = item.Done?.ToString().ToLowerInvariant(),
                    item.DoneReason,
                }),
            }
        );
    }

    public async Task<Response> Run(Guid id, DateOnly? day, TimeOnly? time, CancellationToken cancel)
    {
        var now = clock.Moment();
        var local = VietnamTime.Of(now);
        var date = day ?? VietnamTime.DayOf(now);
        if (!date.IsOnCalendar())
            throw new InvalidException("day", "range");
        var minute = VietnamTime.StartOf(date) + (time ?? new TimeOnly(local.Hour, local.Minute)).ToTimeSpan();
        var then = await speakers.At(id, minute, cancel);
        if (then is null || !sight.May(DevicesRights.SeeSpeakers, then.UnitId))
            throw new MissingException("speaker");

        var tree = await units.AsOf(date, cancel);
        var path = tree.PathOf(then.StoodIn) is { Count: > 0 } stood ? stood : sight.Tree.PathOf(then.UnitId);
        var (from, to) = (VietnamTime.StartOf(date), VietnamTime.StartOf(date.AddDays(1)));
        var asked = await questions.Between(from, to, path.ToHashSet(), cancel);
        var place = AirPlace.At(id, path);
        var closed = ClosedAir.Of(place, asked.Question);
        var air = Timeline.Of(place, asked.Question, closed);
        var past = await plays.Between(id, from - Around, to + Around, cancel);
        var answer = MinuteAnswer.Of(asked, AirMinute.Of(air, closed, minute), past, then, isToCome: minute >= now);
        return new(
            id,
            then.Name,
            sight.Tree.PlaceOf(then.UnitId),
            minute,
            answer,
            MinuteText.Of(answer, minute),
            MinuteText.Why(answer, sight.Tree.NameOf),
            DayOf(asked, air, past, from, to)
        );
    }

    static IReadOnlyList<DayItem> DayOf(
        AskedAir asked,
        PlaceAir air,
        SpeakerPast past,
        DateTimeOffset from,
        DateTimeOffset to
    )
    {
        var done = past.Plays.ToLookup(p => p.ItemId);
        return
        [
            .. air
                .Fates.Where(f => IsOf(f.At ?? f.Candidate.Start) || IsOf(f.Candidate.Start))
                .OrderBy(f => f.At ?? f.Candidate.Start)
                .ThenBy(f => f.Candidate.Id)
                .Select(f =>
                {
                    var items = asked.Items[f.Candidate.Id];
                    var play = items.SelectMany(item => done[item.Id]).FirstOrDefault();
                    return new DayItem(items[0].Bulletin.Title, items[0].BroadcastId, f, play?.Stage, play?.Reason);
                }),
        ];

        bool IsOf(DateTimeOffset moment) => moment >= from && moment < to;
    }
}
