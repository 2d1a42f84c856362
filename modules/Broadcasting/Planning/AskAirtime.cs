using Loa.Broadcasting.Airtime;
using Loa.Broadcasting.Timetable;
using Loa.Contracts.Broadcasting;
using Loa.Contracts.Devices;
using Loa.Kernel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Loa.Broadcasting.Planning;

/// <summary>The question before a policy is set: for how many speakers it counts, and what of the next week would be heard otherwise.</summary>
sealed class AskAirtime(
    AirtimeCases airtime,
    AirQuestions questions,
    ISpeakers speakers,
    Sight sight,
    TimeProvider clock
) : IUseCase
{
    static readonly TimeSpan ahead = TimeSpan.FromDays(7);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/airtime/{unit:guid}/question", Post).RequireRight(BroadcastingRights.SetAirtime);

    static async Task<IResult> Post(
        Guid unit,
        Input<SetAirtime.Request> input,
        AskAirtime useCase,
        CancellationToken cancel
    ) => TypedResults.Text(await useCase.Run(unit, input.Value, cancel));

    public async Task<string> Run(Guid unit, SetAirtime.Request request, CancellationToken cancel)
    {
        var word = await airtime.Word(unit, SetAirtime.Read(request, unit), request.From, cancel);
        var counts = await speakers.ByUnit([unit], cancel);
        AirPlace[] places = [.. counts.Keys.Select(place => AirPlace.At(place, sight.Tree.PathOf(place)))];
        var now = clock.Moment();
        var asked = await questions.Between(
            now,
            now + ahead,
            places.SelectMany(place => place.Paths[0].Units).ToHashSet(),
            cancel
        );
        var change = new AirChange { Policies = new Dictionary<Guid, PolicyWord> { [unit] = word } };
        var (before, after) = (Fates(asked.Question), Fates(asked.Question.With(change)));
        var other = before.Where(fate => after[fate.Key] != fate.Value).ToList();
        var (gone, come, moved) = (
            Count(other.Where(fate => after[fate.Key].At is null)),
            Count(other.Where(fate => fate.Value.At is null)),
            Count(other.Where(fate => fate.Value.At is not null && after[fate.Key].At is not null))
        );
        return string.Join(
            ' ',
            [
                Words.Get("airtime.ask-where", counts.Values.Sum(), sight.Tree.PlaceOf(unit)),
                .. gone > 0 ? [Words.Get("airtime.ask-gone", gone)] : Array.Empty<string>(),
                .. moved > 0 ? [Words.Get("airtime.ask-moved", moved)] : Array.Empty<string>(),
                .. come > 0 ? [Words.Get("airtime.ask-come", come)] : Array.Empty<string>(),
                .. other.Count == 0 ? [Words.Get("airtime.ask-same")] : Array.Empty<string>(),
            ]
        );

        // By place and candidate, what becomes of it and when.
        Dictionary<(Guid Place, Guid Candidate), (FateKind Kind, DateTimeOffset? At)> Fates(AirQuestion question) =>
            (
                from same in Timeline.OfAll(places, question)
                from place in same.Places
                from fate in same.Air.Fates
                where fate.Candidate.Start >= now && fate.Candidate.Start < now + ahead
                select (place.Speaker, fate)
            ).ToDictionary(f => (f.Speaker, f.fate.Candidate.Id), f => (f.fate.Kind, f.fate.At));
    }

    // One that is heard otherwise at many places is one.
    static int Count(
        IEnumerable<KeyValuePair<(Guid Place, Guid Candidate), (FateKind Kind, DateTimeOffset? At)>> fates
    ) => fates.Select(fate => fate.Key.Candidate).Distinct().Count();
}
