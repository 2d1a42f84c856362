using System.Runtime.CompilerServices;
using Loa.Contracts.Devices;
using Loa.Devices.Health;
using Loa.Devices.Registry;
using Loa.Kernel;
using Loa.Ui;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Loa.Devices.Overview;

/// <summary>All that one speaker was to play and what became of it, by the planned start.</summary>
sealed class ListSpeakerPlays(SeenSpeakers seen, ISpeakerPlays plays) : IUseCase
{
    const int Together = 500;

    public record Response(Speaker Speaker, IReadOnlyList<PastPlay> Plays, int Total);

    public static readonly ListShape<PastPlay> Shape = new(
        new("item", "speaker.item", p => p.Title) { IsName = true, Sorts = false },
        new("state", "speakers.column.state", p => Words.Get("play.stage." + p.Stage)) { Sorts = false },
        new("reason", "speaker.why", p => p.Reason is { } reason ? Reasons.Of(reason) : null) { Sorts = false },
        new("planned", "speaker.planned", p => p.Start) { Kind = CellKind.Moment },
        new("started", "speaker.started", p => p.StartedAt) { Kind = CellKind.Moment, Sorts = false },
        new("late", "speaker.late", p => Amounts.Late(p.LateMs)) { Sorts = false }
    )
    {
        Title = "speaker.all-plays",
        Sort = "-planned",
        Filters =
        [
            new("state", "speakers.column.state")
            {
                Values = [.. Enum.GetNames<PlayStage>()],
                Text = stage => Words.Get("play.stage." + stage),
            },
            new("from", "cases.filter.from", FilterKind.From),
            new("to", "cases.filter.to", FilterKind.To),
        ],
    };

    public static void Map(IEndpointRouteBuilder routes)
    {
        const string path = "/speakers/{id:guid}/plays";
        routes.MapGet(path, Page).RequireRight(DevicesRights.SeeSpeakers);
        routes.MapFiles<ListSpeakerPlays, PastPlay>(
            path,
            Shape,
            DevicesRights.SeeSpeakers,
            (useCase, view, http) => useCase.All(Guid.Parse($"{http.GetRouteValue("id")}"), view, http.RequestAborted)
        );
    }

    static RazorComponentResult<SpeakerPlaysPage> Page(Guid id) => UiModule.Show<SpeakerPlaysPage>(new { Id = id });

    public async Task<Response> Run(Guid id, ListView view, CancellationToken cancel)
    {
        var speaker = await seen.One(id, cancel);
        var (rows, total) = await plays.Plays(id, Asked(view), view.Skip, view.Size, cancel);
        return new(speaker, rows, total);
    }

    // In parts, so that the whole list is never held at once.
    async IAsyncEnumerable<PastPlay> All(Guid id, ListView view, [EnumeratorCancellation] CancellationToken cancel)
    {
        await seen.One(id, cancel);
        for (var (skip, total) = (0, 1); skip < total; skip += Together)
        {
            (var rows, total) = await plays.Plays(id, Asked(view), skip, Together, cancel);
            foreach (var row in rows)
                yield return row;
        }
    }

    static PlaysAsked Asked(ListView view) =>
        new(
            Enum.TryParse<PlayStage>(view.Of("state"), out var stage) ? stage : null,
            view.FromOf("from"),
            view.BeforeOf("to"),
            view.IsDescending
        );
}
