using System.Runtime.CompilerServices;
using Loa.Air;
using Loa.Contracts.Devices;
using Loa.Devices.Commands;
using Loa.Devices.Data;
using Loa.Devices.Health;
using Loa.Devices.Packages;
using Loa.Devices.Registry;
using Loa.Kernel;
using Loa.Ui;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Loa.Devices.Overview;

/// <summary>All that one speaker was told to do and what it found, by the time of the order.</summary>
sealed class ListSpeakerCommands(DevicesDb db, SeenSpeakers seen, PackageShelf packages, TimeProvider clock) : IUseCase
{
    const int Together = 500;

    public record Row(SentCommand Command, string Text, CommandStatus Status);

    public record Response(Speaker Speaker, IReadOnlyList<Row> Rows, int Total);

    public static readonly ListShape<Row> Shape = new(
        new("command", "speaker.command", c => c.Text) { IsName = true, Sorts = false },
        new("state", "speakers.column.state", c => Words.Get("command.stage." + c.Status)) { Sorts = false },
        new("reason", "speaker.why", c => c.Command.Reason is { } reason ? Reasons.Of(reason) : null) { Sorts = false },
        new("found", "job.column.found", c => c.Command.ReadFound() is { } found ? FoundText.Of(found) : null)
        {
            Sorts = false,
        },
        new("ordered", "command.ordered", c => c.Command.OrderedAt) { Kind = CellKind.Moment },
        new("ended", "command.ended", c => c.Command.EndedAt) { Kind = CellKind.Moment, Sorts = false },
        new("by", "speaker.by", c => c.Command.By) { Sorts = false }
    )
    {
        Title = "speaker.all-commands",
        Sort = "-ordered",
        Filters =
        [
            new("command", "speaker.command")
            {
                Values = [.. Command.All],
                Text = name => Words.Get("command." + name),
            },
            new("from", "cases.filter.from", FilterKind.From),
            new("to", "cases.filter.to", FilterKind.To),
        ],
    };

    public static void Map(IEndpointRouteBuilder routes)
    {
        const string path = "/speakers/{id:guid}/commands";
        routes.MapGet(path, Page).RequireRight(DevicesRights.SeeSpeakers);
        routes.MapFiles<ListSpeakerCommands, Row>(
            path,
            Shape,
            DevicesRights.SeeSpeakers,
            (useCase, view, http) => useCase.All(Guid.Parse($"{http.GetRouteValue("id")}"), view, http.RequestAborted)
        );
    }

    static RazorComponentResult<SpeakerCommandsPage> Page(Guid id) =>
        UiModule.Show<SpeakerCommandsPage>(new { Id = id });

    public async Task<Response> Run(Guid id, ListView view, CancellationToken cancel)
    {
        var speaker = await seen.One(id, cancel);
        var found = Found(id, view);
        var total = await found.CountAsync(cancel);
        var stretch = PageStretch.Of(view.Skip, view.Size, total);
        var sorted = Sorted(found, view.IsDescending ^ stretch.FromEnd).Skip(stretch.Skip).Take(stretch.Take);
        return new(speaker, await Rows(stretch.Turned(await sorted.ToListAsync(cancel)), cancel), total);
    }

    // In parts, so that the whole list is never held at once.
    async IAsyncEnumerable<Row> All(Guid id, ListView view, [EnumeratorCancellation] CancellationToken cancel)
    {
        await seen.One(id, cancel);
        var sorted = Sorted(Found(id, view), view.IsDescending);
        for (var skip = 0; ; skip += Together)
        {
            var part = await sorted.Skip(skip).Take(Together).ToListAsync(cancel);
            foreach (var row in await Rows(part, cancel))
                yield return row;
            if (part.Count < Together)
                yield break;
        }
    }

    IQueryable<SentCommand> Found(Guid id, ListView view)
    {
        var found = db.Commands.AsNoTracking().Where(c => c.SpeakerId == id);
        if (view.Of("command") is { Length: > 0 } name)
            found = found.Where(c => c.Name == name);
        if (view.FromOf("from") is { } from)
            found = found.Where(c => c.OrderedAt >= from);
        if (view.BeforeOf("to") is { } before)
            found = found.Where(c => c.OrderedAt < before);
        return found;
    }

    static IOrderedQueryable<SentCommand> Sorted(IQueryable<SentCommand> found, bool descending) =>
        descending
            ? found.OrderByDescending(c => c.OrderedAt).ThenByDescending(c => c.Id)
            : found.OrderBy(c => c.OrderedAt).ThenBy(c => c.Id);

    async Task<IReadOnlyList<Row>> Rows(IReadOnlyList<SentCommand> part, CancellationToken cancel)
    {
        var (names, now) = (await packages.NamesIn(part.Select(c => c.ReadArgs()), cancel), clock.Moment());
        return [.. part.Select(c => new Row(c, CommandText.Of(c, names), c.StatusAt(now)))];
    }
}
