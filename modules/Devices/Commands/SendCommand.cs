using System.Buffers.Text;
using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Loa.Air;
using Loa.Cases;
using Loa.Contracts.People;
using Loa.Devices.Data;
using Loa.Devices.Gateway;
using Loa.Devices.Registry;
using Loa.Kernel;
using Loa.Ui;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Loa.Devices.Commands;

/// <summary>An officer commands one speaker: volume, stop or identify; signed, for this speaker, for half a minute.</summary>
sealed class SendCommand(DevicesDb db, Sight sight, IUnits units, ITrust trust, Lines lines, TimeProvider clock)
    : IUseCase
{
    const int NonceBytes = 16;
    static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(30);

    public record Request(
        [AllowedValues(Command.Volume, Command.Stop, Command.Identify)] string Name,
        [Range(0, 100)] int? Level = null
    );

    public record Response(Guid Id, string Name, DateTimeOffset SentAt, DateTimeOffset Expires);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/speakers/{id:guid}/commands", Post).RequireRight(Rights.CommandSpeakers);

    static async Task<IResult> Post(
        Guid id,
        Input<Request> input,
        SendCommand useCase,
        HttpContext http,
        CancellationToken cancel
    )
    {
        var sent = await useCase.Run(id, input.Value, cancel);
        http.Say("speakers.commanded");
        return Answer.Created(http, $"/speakers/{id}", sent);
    }

    public async Task<Response> Run(Guid id, Request request, CancellationToken cancel)
    {
        var speaker =
            await db.Speakers.AsNoTracking().FirstOrDefaultAsync(s => s.Id == id, cancel)
            ?? throw new MissingException("speaker");
        var actor = sight.Demand(Rights.CommandSpeakers, speaker.UnitId);
        if (request is { Name: Command.Volume, Level: null })
            throw new InvalidException("level", "required");
        Refuse.Unless(speaker.State == SpeakerStates.Enrolled, "speaker.not-enrolled");
        Refuse.Unless(lines.IsConnected(id), "speaker.offline");

        var command = New(id, request);
        var signed = await trust.Sign(
            Command.Type,
            JsonSerializer.SerializeToUtf8Bytes(command, Command.Shape),
            cancel
        );
        await Store(speaker, command, actor, cancel);
        lines.Say(id, AirTopic.InCommand, new CommandMessage(signed.Jws, [signed.Delegation]).ToBytes());
        return new(command.Id, command.Name, command.IssuedAt, command.Expires);
    }

    Command New(Guid speaker, Request request)
    {
        var now = clock.Moment();
        return new(
            Guid.CreateVersion7(),
            speaker,
            request.Name,
            new CommandArgs(request.Name == Command.Volume ? request.Level : null),
            Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(NonceBytes)),
            now,
            now + Lifetime
        );
    }

    async Task Store(Speaker speaker, Command command, Actor actor, CancellationToken cancel)
    {
        var tree = await units.Today(cancel);
        var patch = new JsonObject
        {
            ["command"] = new JsonObject
            {
                ["id"] = command.Id.ToString(),
                ["name"] = command.Name,
                ["level"] = command.Args.Level,
            },
        };
        await db.Atomically(
            async () =>
            {
                await db.Move(tree, speaker.Id, "command", new Deed(patch), actor, command.IssuedAt, cancel);
                db.Add(
                    new SentCommand
                    {
                        Id = command.Id,
                        SpeakerId = speaker.Id,
                        Name = command.Name,
                        Level = command.Args.Level,
                        By = actor.Name,
                        SentAt = command.IssuedAt,
                        Expires = command.Expires,
                    }
                );
            },
            cancel
        );
    }
}
