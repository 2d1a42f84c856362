using System.Text;
using Loa.Contracts.Devices;
using Loa.Devices.Data;
using Loa.Devices.Registry;
using Loa.Kernel;
using Loa.Ui;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Loa.Devices.Commands;

/// <summary>The log that a speaker sent when it was asked, to be read on the page or taken home.</summary>
sealed class ShowLog(DevicesDb db, Sight sight) : IUseCase
{
    public record Response(Guid Speaker, string Name, SentCommand Command, IReadOnlyList<LogPart> Parts)
    {
        public bool IsComplete => Command.LogParts is { } parts && Parts.Count == parts;

        public bool IsEmpty => IsComplete && Parts.All(p => p.Text.Length == 0);

        /// <summary>It was here, and its time is over.</summary>
        public bool IsForgotten => Command.LogHeld > 0 && Parts.Count == 0;
    }

    public static void Map(IEndpointRouteBuilder routes)
    {
        var right = DevicesRights.ToCommand(Air.Command.CollectLog);
        routes.MapGet("/speakers/{id:guid}/logs/{command:guid}", Page).RequireRight(right);
        routes.MapGet("/speakers/{id:guid}/logs/{command:guid}/text", Download).RequireRight(right);
    }

    static RazorComponentResult<LogPage> Page(Guid id, Guid command) =>
        UiModule.Show<LogPage>(new { Id = id, Command = command });

    static async Task<FileContentHttpResult> Download(
        Guid id,
        Guid command,
        ShowLog useCase,
        HttpContext http,
        CancellationToken cancel
    )
    {
        var log = await useCase.Run(id, command, cancel);
        http.Response.Headers.XContentTypeOptions = "nosniff";
        return TypedResults.File(
            Encoding.UTF8.GetBytes(string.Concat(log.Parts.Select(p => p.Text))),
            "text/plain; charset=utf-8",
            $"speaker-{id}-{command}.log"
        );
    }

    public async Task<Response> Run(Guid id, Guid command, CancellationToken cancel)
    {
        var speaker = await db.Speakers.AsNoTracking().FirstOrDefaultAsync(s => s.Id == id, cancel);
        var asked = await db
            .Commands.AsNoTracking()
            .FirstOrDefaultAsync(c => c.Id == command && c.SpeakerId == id && c.Name == Air.Command.CollectLog, cancel);
        if (
            speaker is null
            || asked is null
            || !sight.May(DevicesRights.ToCommand(Air.Command.CollectLog), speaker.UnitId)
        )
            throw new MissingException("log");
        var parts = await db
            .Logs.AsNoTracking()
            .Where(p => p.CommandId == command)
            .OrderBy(p => p.Part)
            .ToListAsync(cancel);
        return new(id, speaker.Name, asked, parts);
    }
}
