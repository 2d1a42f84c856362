using System.Net;
using System.Net.Http.Json;
using Loa.Air;
using Loa.Cases;
using Loa.Devices.Commands;
using Loa.Devices.Packages;
using Loa.Devices.Registry;
using Loa.Devices.Rollouts;
using Loa.Jose;
using Loa.People;
using Loa.Trust;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Loa.Devices;

/// <summary>The desk of these tests: speakers of their own, signed packages, and what a speaker does with an update.</summary>
public sealed partial class RolloutTests
{
    /// <summary>Speakers of a model of their own, so that a rollout meets nobody else.</summary>
    async Task<(BenchSpeaker[] Speakers, string Model)> Fleet(int connected, int away)
    {
        var model = "M" + Guid.CreateVersion7().ToString("N")[..20];
        var speakers = new BenchSpeaker[connected];
        for (var i = 0; i < connected; i++)
            speakers[i] = await server.Connected();
        Guid[] ids = [.. speakers.Select(s => s.Id)];
        var unit = (await server.Find(ids[0])).UnitId;
        await server.Db(async db =>
        {
            await db
                .Speakers.Where(s => ids.Contains(s.Id))
                .ExecuteUpdateAsync(s => s.SetProperty(x => x.Model, model));
            for (var i = 0; i < away; i++)
                db.Add(
                    new Speaker
                    {
                        Id = Guid.CreateVersion7(),
                        Serial = $"{model}-{i}",
                        Name = $"{model} {i}",
                        Vendor = SpeakerProcedure.Own,
                        Model = model,
                        UnitId = unit,
                        State = SpeakerStates.Enrolled,
                        Presence = Presence.Offline,
                    }
                );
            return await db.SaveChangesAsync();
        });
        return (speakers, model);
    }

    async Task<(long Version, Guid Package)> Signed()
    {
        var (key, _) = await server.Technician.Delegated(server.Running, "package");
        var version = Parcel.NextVersion();
        var id = await server.Technician.Draft(Parcel.Some(), version).Landed();
        await server.Technician.Give(id, await server.Technician.Sign(id, key)).Json();
        return (version, id);
    }

    Dictionary<string, object?> Request(
        Guid package,
        string model,
        string? stages = null,
        int soak = 0,
        (string From, string To)? window = null
    ) =>
        new()
        {
            ["package"] = package,
            ["unit"] = province,
            ["model"] = model,
            ["stages"] = stages,
            ["soakMinutes"] = soak,
            ["windowFrom"] = window?.From,
            ["windowTo"] = window?.To,
        };

    Guid province;

    async Task<Guid> Start(
        Guid package,
        string model,
        string? stages = null,
        int soak = 0,
        (string From, string To)? window = null
    )
    {
        province = (await server.Technician.GetAsync("/api/me").Json())
            .GetProperty("posts")[0]
            .GetProperty("unitId")
            .GetGuid();
        var started = await Post("/rollouts", Request(package, model, stages, soak, window))
            .Json(HttpStatusCode.Created);
        return started.GetProperty("id").GetGuid();
    }

    Task<HttpResponseMessage> Post(string url, object? body = null) =>
        server.Technician.PostAsJsonAsync(url, body ?? new { });

    Task Run() => server.Running.Services.GetRequiredService<RunRollouts>().RunAll(CancellationToken.None);

    async Task<string> State(Guid rollout) =>
        (await server.Technician.GetAsync($"/api/rollouts/{rollout}").Json()).GetProperty("state").GetString()!;

    Task UntilState(Guid rollout, string state) =>
        RunningServer.Until(
            async () =>
            {
                await Run();
                return await State(rollout) == state;
            },
            $"the rollout is {state}"
        );

    Task<RolloutTarget> Target(Guid rollout, BenchSpeaker speaker) =>
        server.Db(db => db.Targets.AsNoTracking().FirstAsync(t => t.RolloutId == rollout && t.SpeakerId == speaker.Id));

    /// <summary>Those that were told and have not reported yet.</summary>
    async Task<IReadOnlyList<BenchSpeaker>> UnderWay(Guid rollout, BenchSpeaker[] speakers)
    {
        var sent = await server.Db(db =>
            db.Targets.Where(t => t.RolloutId == rollout && t.State == TargetState.Sent)
                .Select(t => t.SpeakerId)
                .ToListAsync()
        );
        return [.. speakers.Where(s => sent.Contains(s.Id))];
    }

    /// <summary>Looks at the rollout as if so much later.</summary>
    Task Judge(Guid rollout, TimeSpan later) =>
        server.Db(async db =>
        {
            var plan = Plan.Of((await db.FindWithActs(RolloutProcedure.Definition, rollout, CancellationToken.None))!);
            var package = await db.Packages.AsNoTracking().FirstAsync(p => p.Id == plan.Package);
            var facts = new RolloutFacts(db, plan, package, server.Running.Clock.GetUtcNow() + later);
            return await db.Atomically(() => facts.Take(CancellationToken.None));
        });

    /// <summary>Takes the command as a speaker would: believes it, installs it, says so, and reports the version.</summary>
    async Task Update(BenchSpeaker speaker, long version, Guid package)
    {
        var message = await speaker.Hear<CommandMessage>(AirTopic.InCommand);
        Assert.True(Command.TryRead(message.Command, out var command, out _));
        Assert.Equal(Command.Update, command.Document.Name);
        Assert.Equal(Jws.Digest(message.Package!), command.Document.Args.Package);
        var opened = await speaker.Introduce(server.Anyone);
        Assert.True(PublicKey.TryFrom(opened.Root, out var root));
        var chain = new Chain(root);
        Assert.All(message.Delegations, d => Assert.True(chain.Learn(d).Ok));
        var verdict = chain.Verify(
            message.Package,
            new PackageRule(
                command.Document.Args.Package!,
                [province],
                "Bench 1",
                _ => version - 1,
                server.Running.Clock.GetUtcNow()
            )
        );
        Assert.True(verdict.Ok, verdict.Reason);
        Assert.Equal(package, verdict.Document.Id);
        await Receipt(speaker, command.Document.Id, CommandState.Done, null);
        await Report(speaker, version);
        await RunningServer.Until(async () => (await server.Find(speaker.Id)).Software == version, "it reports");
    }

    static Task Report(BenchSpeaker speaker, long version) => speaker.State(software: version);

    async Task Receipt(BenchSpeaker speaker, CommandState state, string? reason = null)
    {
        var id = await server.Db(db =>
            db.Commands.Where(c => c.SpeakerId == speaker.Id)
                .OrderByDescending(c => c.SentAt)
                .Select(c => c.Id)
                .FirstAsync()
        );
        if (state != CommandState.Received)
            await speaker.Hear<CommandMessage>(AirTopic.InCommand);
        await Receipt(speaker, id, state, reason);
    }

    static Task Receipt(BenchSpeaker speaker, Guid command, CommandState state, string? reason) =>
        speaker.Say(
            AirTopic.OutReceipt,
            new ReceiptMessage(command, state, TimeProvider.System.GetUtcNow(), reason).ToBytes()
        );

    static async Task Gone(BenchSpeaker[] speakers)
    {
        foreach (var speaker in speakers)
            await speaker.DisposeAsync();
    }
}
