using System.Net;
using System.Net.Http.Json;
using Loa.Air;
using Loa.Cases;
using Loa.Devices.Registry;
using Loa.Devices.Rollouts;
using Loa.Jose;
using Loa.People;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Loa.Devices;

[Collection(nameof(DeviceServer))]
public sealed class RolloutTests(DeviceServer server)
{
    [Fact]
    public async Task A_bad_release_stops_at_the_canary_and_reaches_one_in_a_hundred_at_most()
    {
        var (speakers, model) = await Fleet(connected: 3, away: 149);
        var (version, package) = await Signed();
        var rollout = await Start(package, model);
        await Run();
        var canary = Assert.Single(await UnderWay(rollout, speakers));
        await Receipt(canary, CommandState.Failed, "package.missing");
        await UntilState(rollout, "stopped");
        await Run();

        var reached = await server.Db(db =>
            db.Targets.CountAsync(t => t.RolloutId == rollout && t.State != TargetState.Waiting)
        );
        Assert.InRange(reached, 1, 152 / 100);
        Assert.All(speakers, s => Assert.Equal(0, s.Waiting(AirTopic.InCommand)));
        Assert.True(version > 0);
        var page = await server.Technician.GetStringAsync($"/rollouts/{rollout}");
        Assert.Contains(Plays.Reasons.Of("package.missing"), page, StringComparison.Ordinal);
        await Gone(speakers);
    }

    [Fact]
    public async Task A_good_release_reaches_the_canary_then_more_then_all_and_who_was_away_when_he_returns()
    {
        var (speakers, model) = await Fleet(connected: 4, away: 0);
        var late = speakers[^1];
        late.Break();
        await RunningServer.Until(async () => !(await server.Find(late.Id)).IsOnline, "it is away");
        var (version, package) = await Signed();
        var rollout = await Start(package, model, stages: "50,100");

        await Run();
        var canary = Assert.Single(await UnderWay(rollout, speakers));
        var updated = new List<BenchSpeaker>();
        await RunningServer.Until(
            async () =>
            {
                foreach (var speaker in await UnderWay(rollout, speakers))
                {
                    await Update(speaker, version, package);
                    updated.Add(speaker);
                }
                await Run();
                return updated.Count == 3;
            },
            "all who are there are updated"
        );
        // First one alone, and nobody who is away.
        Assert.Equal(canary, updated[0]);
        Assert.DoesNotContain(late, updated);
        Assert.Equal("live", await State(rollout));

        await late.Connect();
        await late.State();
        await RunningServer.Until(async () => (await server.Find(late.Id)).IsOnline, "it is back");
        await Run();
        await Update(late, version, package);
        await UntilState(rollout, "done");
        await Gone(speakers);
    }

    [Fact]
    public async Task A_receipt_alone_is_no_proof_and_who_goes_back_by_himself_stops_it()
    {
        var (speakers, model) = await Fleet(connected: 2, away: 0);
        var (version, package) = await Signed();
        var rollout = await Start(package, model, soak: 30);
        await Run();
        var canary = Assert.Single(await UnderWay(rollout, speakers));
        await Receipt(canary, CommandState.Done);
        await Run();
        Assert.Equal(TargetState.Sent, (await Target(rollout, canary)).State);

        await Report(canary, version);
        await RunningServer.Until(
            async () =>
            {
                await Run();
                return (await Target(rollout, canary)).State == TargetState.Done;
            },
            "it reports the version"
        );
        Assert.Equal("live", await State(rollout));
        await Report(canary, version - 1);
        await UntilState(rollout, "stopped");
        Assert.Equal(RolloutTarget.RolledBack, (await Target(rollout, canary)).Reason);
        await Gone(speakers);
    }

    [Fact]
    public async Task Who_is_silent_for_too_long_has_failed_and_who_heard_nothing_is_told_again()
    {
        var (speakers, model) = await Fleet(connected: 2, away: 0);
        var (_, package) = await Signed();
        var rollout = await Start(package, model);
        await Run();
        var canary = Assert.Single(await UnderWay(rollout, speakers));

        await Judge(rollout, TimeSpan.FromMinutes(6));
        Assert.Equal(TargetState.Waiting, (await Target(rollout, canary)).State);
        await Run();
        await canary.Hear<CommandMessage>(AirTopic.InCommand);
        await Receipt(canary, CommandState.Received);
        await Judge(rollout, TimeSpan.FromMinutes(31));
        var target = await Target(rollout, canary);
        Assert.Equal((TargetState.Failed, RolloutTarget.Silent, 2), (target.State, target.Reason, target.Tries));
        await UntilState(rollout, "stopped");
        await Gone(speakers);
    }

    [Fact]
    public async Task A_pause_holds_it_a_restart_does_not_change_it_and_an_officer_ends_it()
    {
        var (speakers, model) = await Fleet(connected: 1, away: 3);
        var (_, package) = await Signed();
        var rollout = await Start(package, model, window: null);
        await Post($"/rollouts/{rollout}/pause").Json();
        await server.Restart();
        // It listens at another port now.
        await speakers[0].Introduce(server.Anyone);
        await speakers[0].Connect();
        await speakers[0].State();
        await RunningServer.Until(async () => (await server.Find(speakers[0].Id)).IsOnline, "it is back");
        await Run();
        var atPause = await Target(rollout, speakers[0]);

        await Post($"/rollouts/{rollout}/resume").Json();
        await RunningServer.Until(
            async () =>
            {
                await Run();
                return (await Target(rollout, speakers[0])).State == TargetState.Sent;
            },
            "it goes on"
        );
        Assert.InRange(atPause.Tries, 0, 1);
        await Post("/rollouts", Request(package, model)).Refused("rollout.overlaps");
        await Post($"/rollouts/{rollout}/abort").Refused("case.needs-comment");
        Assert.Equal(
            "aborted",
            (await Post($"/rollouts/{rollout}/abort", new { comment = "thử" }).Json()).GetProperty("state").GetString()
        );
        await Gone(speakers);
    }

    [Fact]
    public async Task Nothing_is_sent_outside_the_window_and_nobody_is_offered_what_he_has()
    {
        var (speakers, model) = await Fleet(connected: 1, away: 0);
        var (version, package) = await Signed();
        var later = Kernel.VietnamTime.Of(server.Running.Clock.GetUtcNow()).AddHours(2);
        var window = (later.ToString("HH:mm", null), later.AddHours(1).ToString("HH:mm", null));
        var rollout = await Start(package, model, window: window);
        await Run();
        await Run();
        Assert.Equal(TargetState.Waiting, (await Target(rollout, speakers[0])).State);
        await Post($"/rollouts/{rollout}/abort", new { comment = "thử" }).Json();

        await Report(speakers[0], version);
        await RunningServer.Until(async () => (await server.Find(speakers[0].Id)).Software == version, "it reports");
        await Post("/rollouts", Request(package, model)).Refused("rollout.nobody");
        await Gone(speakers);
    }

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
            var plan = Plan.Of((await db.Find(RolloutProcedure.Rollout, rollout, CancellationToken.None))!);
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
        var verdict = chain.VerifyPackage(
            message.Package,
            [province],
            "Bench 1",
            _ => version - 1,
            server.Running.Clock.GetUtcNow()
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
