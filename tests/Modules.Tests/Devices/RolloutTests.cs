using System.Net;
using System.Net.Http.Json;
using Loa.Air;
using Loa.Cases;
using Loa.Devices.Commands;
using Loa.Devices.Rollouts;
using Loa.Jose;
using Loa.Lists;
using Loa.People;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Loa.Devices;

[Collection(nameof(DeviceServer))]
public sealed partial class RolloutTests(DeviceServer server)
{
    [Fact]
    public async Task A_rollout_of_a_dismissed_officer_stops_before_the_next_speaker_is_told()
    {
        var (speakers, model) = await Fleet(connected: 1, away: 0);
        var (_, package) = await Signed();
        var officer = await SomeOfficer.New(server.Running, "technician", where: "tinh.kythuat");
        using var admin = await server.Running.SignedIn("tinh.quantri");
        province = (await server.Technician.GetAsync("/api/me").Json())
            .GetProperty("posts")[0]
            .GetProperty("unitId")
            .GetGuid();
        var started = await officer
            .Client.PostAsJsonAsync("/rollouts", Request(package, model))
            .Json(HttpStatusCode.Created);
        var rollout = started.GetProperty("id").GetGuid();
        await admin.PostAsJsonAsync($"/officers/{officer.Id}/lock", new { reason = "thôi việc" }).Json();
        await Run();

        await UntilState(rollout, "stopped");
        var page = WebUtility.HtmlDecode(await server.Technician.GetStringAsync($"/rollouts/{rollout}"));
        Assert.Contains("không còn quyền cập nhật", page, StringComparison.Ordinal);
        foreach (var list in (string[])[$"/rollouts/{rollout}", "/packages?sort=-version&columns=version,digest"])
            await (await ShownList.Read(server.Technician, list)).IsTakenAwayAsShown(server.Technician);
        await Gone(speakers);
    }

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
        Assert.Contains(Kernel.Reasons.Of("package.missing"), page, StringComparison.Ordinal);
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
        // What it heard may be the first one; the answer is to the second.
        await RunningServer.Until(
            () =>
                server.Db(async db =>
                    await db.Commands.CountAsync(c => c.SpeakerId == canary.Id && c.SentAt != null) == 2
                ),
            "it is told again"
        );
        await Receipt(canary, CommandState.Received);
        await RunningServer.Until(
            () =>
                server.Db(async db =>
                    await db.Commands.AnyAsync(c => c.SpeakerId == canary.Id && c.Stage == CommandStage.Received)
                ),
            "its answer is stored"
        );
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
}
