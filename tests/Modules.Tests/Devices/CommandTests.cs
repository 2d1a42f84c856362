using System.Net;
using System.Net.Http.Json;
using Loa.Air;
using Loa.Contracts.Retention;
using Loa.Devices.Commands;
using Loa.Jose;
using Loa.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Loa.Devices;

[Collection(nameof(DeviceServer))]
public sealed class CommandTests(DeviceServer server)
{
    [Fact]
    public async Task A_command_is_signed_for_one_speaker_and_its_receipts_are_shown()
    {
        await using var speaker = await server.Connected();
        var opened = await speaker.Introduce(server.Anyone);
        var sent = await Command(speaker, new { name = "volume", level = 35 }).Json(HttpStatusCode.Created);
        var heard = await speaker.Hear<CommandMessage>(AirTopic.InCommand);

        Assert.True(PublicKey.TryFrom(opened.Root, out var root));
        var chain = new Chain(root);
        foreach (var delegation in heard.Delegations)
            chain.Learn(delegation);
        var status = await BenchSpeaker.Ask(server.Anyone, opened.Id);
        Assert.True(Placement.TryRead(status.Placement, out var placement, out _));
        var verdict = chain.Verify(
            heard.Command,
            new CommandRule(speaker.Id, placement.Document.Path, new NonceMemory(), TimeProvider.System.GetUtcNow())
        );
        Assert.True(verdict.Ok, verdict.Reason);
        Assert.Equal(("volume", 35), (verdict.Document.Name, verdict.Document.Args.Level!.Value));

        Assert.Equal("Sent", await Stage(speaker));
        await Receipt(speaker, verdict.Document.Id, CommandState.Received);
        Assert.Equal("Received", await Stage(speaker));
        await Receipt(speaker, verdict.Document.Id, CommandState.Done);
        await Receipt(speaker, verdict.Document.Id, CommandState.Received);
        Assert.Equal("Done", await Stage(speaker));
        Assert.Equal(sent.GetProperty("id").GetGuid(), verdict.Document.Id);
    }

    [Fact]
    public async Task The_field_of_the_volume_is_renewed_with_the_state_and_a_command_is_answered_in_place()
    {
        await using var speaker = await server.Connected();
        using var pressed = new HttpRequestMessage(HttpMethod.Post, $"/speakers/{speaker.Id}/commands")
        {
            Content = new FormUrlEncodedContent([new("Name", "volume"), new("Level", "41")]),
            Headers = { { "HX-Request", "true" } },
        };
        using var answer = await server.Technician.SendAsync(pressed);
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.False(answer.Headers.Contains("HX-Redirect"));

        var heard = await speaker.Hear<CommandMessage>(AirTopic.InCommand);
        Assert.True(Air.Command.TryRead(heard.Command, out var read, out var refusal), refusal);
        var done = new ReceiptMessage(
            read.Document.Id,
            CommandState.Done,
            TimeProvider.System.GetUtcNow(),
            Found: new ReadBack(Volume: 41)
        );
        await speaker.Say(AirTopic.OutReceipt, done.ToBytes());

        var page = await server.Technician.GetStringAsync($"/speakers/{speaker.Id}");
        var renewed = page[page.IndexOf("id=\"live\"", StringComparison.Ordinal)..];
        var field = renewed[renewed.IndexOf("name=\"Level\"", StringComparison.Ordinal)..];
        Assert.Contains(
            "value=\"41\"",
            field[..field.IndexOf('>', StringComparison.Ordinal)],
            StringComparison.Ordinal
        );
        Assert.Contains("<dd>41</dd>", renewed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_command_of_the_list_is_sent_and_what_the_speaker_found_is_shown()
    {
        await using var speaker = await server.Connected();
        var administrator = await server.Running.SignedIn("tinh.quantri");
        object[] commands =
        [
            new
            {
                name = "volume",
                level = 20,
                horn = 1,
            },
            new { name = "amplifier", on = false },
            new { name = "stop" },
            new { name = "next" },
            new { name = "pause", minutes = 10 },
            new { name = "resume" },
            new { name = "restart" },
            new { name = "identify" },
            new { name = "self-test" },
            new { name = "collect-log" },
            new { name = "change-server", server = "https://loa.example:8443/" },
        ];
        var sent = new List<string>();
        foreach (var command in commands)
        {
            var by = command == commands[^1] ? administrator : server.Technician;
            await by.PostAsJsonAsync($"/speakers/{speaker.Id}/commands", command).Json(HttpStatusCode.Created);
            var heard = await speaker.Hear<CommandMessage>(AirTopic.InCommand);
            Assert.True(Air.Command.TryRead(heard.Command, out var read, out var refusal), refusal);
            Assert.True(read.Document.IsKnown());
            sent.Add(read.Document.Name);
            var found = new ReadBack(
                Volume: 20,
                Horns: [20, 60],
                Amplifier: false,
                Checks: [new("storage", false, "<b>đầy</b>")]
            );
            await speaker.Say(
                AirTopic.OutReceipt,
                new ReceiptMessage(
                    read.Document.Id,
                    CommandState.Done,
                    TimeProvider.System.GetUtcNow(),
                    Found: found
                ).ToBytes()
            );
        }
        Assert.Equal(Air.Command.All.Where(name => name != Air.Command.Update), sent);
        await Command(speaker, new { name = "update", package = new string('a', 64) }).Refused("command.no-package");

        var page = WebUtility.HtmlDecode(await server.Technician.GetStringAsync($"/speakers/{speaker.Id}"));
        Assert.Contains("âm lượng 20; từng loa: 20 · 60; ampli tắt", page, StringComparison.Ordinal);
        var shown = await server.Technician.GetAsync($"/api/speakers/{speaker.Id}").Json();
        var last = shown.GetProperty("commands")[0];
        Assert.Equal(
            ("change-server", "Done"),
            (last.GetProperty("name").GetString(), last.GetProperty("fate").GetString())
        );
        Assert.Equal(20, last.GetProperty("found").GetProperty("volume").GetInt32());
        // What a machine says is text and nothing else.
        var raw = await server.Technician.GetStringAsync($"/speakers/{speaker.Id}");
        Assert.DoesNotContain("<b>đầy", raw, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_command_that_is_still_worth_doing_waits_for_its_speaker_even_over_a_restart_of_the_server()
    {
        await using var speaker = await server.Enrolled();
        var answer = await Command(speaker, new { name = "volume", level = 44 }).Json(HttpStatusCode.Created);
        Assert.True(answer.GetProperty("waiting").GetBoolean());
        Assert.Equal("Waiting", await Stage(speaker));
        await server.Restart();
        await speaker.Introduce(server.Anyone);
        await speaker.Connect();
        var heard = await speaker.Hear<CommandMessage>(AirTopic.InCommand);
        Assert.True(Air.Command.TryRead(heard.Command, out var read, out _));
        // It was signed at this moment, not when it was ordered.
        Assert.Equal(TimeSpan.FromSeconds(60), read.Document.Expires - read.Document.IssuedAt);
        Assert.Equal(answer.GetProperty("id").GetGuid(), read.Document.Id);

        await using var away = await server.Enrolled();
        var waits = await Command(away, new { name = "volume", level = 10 }).Json(HttpStatusCode.Created);
        var id = waits.GetProperty("id").GetGuid();
        await server.Technician.PostAsync($"/speakers/{away.Id}/commands/{id}/cancel", null).Json();
        await server
            .Technician.PostAsync($"/speakers/{away.Id}/commands/{id}/cancel", null)
            .Refused("command.sent-already");
    }

    [Fact]
    public async Task A_collected_log_is_kept_in_its_parts_and_shown_as_text()
    {
        await using var speaker = await server.Connected();
        await using var other = await server.Connected();
        var sent = await Command(speaker, new { name = "collect-log" }).Json(HttpStatusCode.Created);
        var id = sent.GetProperty("id").GetGuid();
        await Log(speaker, id, 2, 2, "dòng 2\n");
        await Log(other, id, 1, 2, "của loa khác\n");
        Assert.Contains("1/2", WebUtility.HtmlDecode(await Page()), StringComparison.Ordinal);
        await Log(speaker, id, 1, 2, "<script>alert(1)</script>\u0000\n");
        await Log(speaker, id, 1, 2, "một lần nữa\n");
        var page = await Page();
        Assert.DoesNotContain("<script>alert", page, StringComparison.Ordinal);
        using var answer = await server.Technician.GetAsync($"/speakers/{speaker.Id}/logs/{id}/text");
        Assert.Equal("text/plain", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal("<script>alert(1)</script>\uFFFD\ndòng 2\n", await answer.Content.ReadAsStringAsync());

        await server.Db(db =>
            db.Logs.Where(l => l.CommandId == id)
                .ExecuteUpdateAsync(set => set.SetProperty(l => l.At, server.Running.Clock.GetUtcNow().AddDays(-31)))
        );
        var logs = server.Running.Services.GetServices<IKeptKind>().Single(k => k.Name == "logs");
        var old = server.Running.Clock.GetUtcNow().AddDays(-logs.Usual.Days);
        Assert.Equal(2, await logs.Age(OldAge.Delete, old, CancellationToken.None).SumAsync());
        Assert.Contains(Words.Get("log.forgotten"), WebUtility.HtmlDecode(await Page()), StringComparison.Ordinal);

        Task<string> Page() => server.Technician.GetStringAsync($"/speakers/{speaker.Id}/logs/{id}");
    }

    [Fact]
    public async Task A_speaker_that_keeps_no_log_is_said_to()
    {
        await using var speaker = await server.Connected();
        var sent = await Command(speaker, new { name = "collect-log" }).Json(HttpStatusCode.Created);
        var id = sent.GetProperty("id").GetGuid();
        await Log(speaker, id, 1, 1, "");
        var page = WebUtility.HtmlDecode(await server.Technician.GetStringAsync($"/speakers/{speaker.Id}/logs/{id}"));
        Assert.Contains(Words.Get("log.empty"), page, StringComparison.Ordinal);
        Assert.DoesNotContain("<pre", page, StringComparison.Ordinal);
    }

    static Task Log(BenchSpeaker speaker, Guid command, int part, int parts, string text) =>
        speaker.Say(AirTopic.OutLog, new LogMessage(command, part, parts, text).ToBytes());

    [Fact]
    public async Task Another_speaker_cannot_answer_for_it()
    {
        await using var speaker = await server.Connected();
        await using var other = await server.Connected();
        var sent = await Command(speaker, new { name = "identify" }).Json(HttpStatusCode.Created);
        await Receipt(other, sent.GetProperty("id").GetGuid(), CommandState.Done);
        Assert.Equal("Sent", await Stage(speaker));
    }

    [Fact]
    public async Task What_is_not_on_the_list_or_out_of_reach_is_refused()
    {
        await using var speaker = await server.Connected();
        await Command(speaker, new { name = "reboot" }).Refused("invalid", HttpStatusCode.BadRequest);
        await Command(speaker, new { name = "volume", level = 101 }).Refused("invalid", HttpStatusCode.BadRequest);
        await Command(speaker, new { name = "volume" }).Refused("invalid", HttpStatusCode.BadRequest);
        var author = await server.Running.SignedIn("tinh.bientap");
        var forbidden = await author.PostAsJsonAsync($"/speakers/{speaker.Id}/commands", new { name = "stop" });
        Assert.Equal(HttpStatusCode.Forbidden, forbidden.StatusCode);

        speaker.Break();
        await RunningServer.Until(async () => !(await server.Find(speaker.Id)).IsOnline, "it is gone");
        await Command(speaker, new { name = "stop" }).Refused("speaker.offline");
    }

    Task<HttpResponseMessage> Command(BenchSpeaker speaker, object command) =>
        server.Technician.PostAsJsonAsync($"/speakers/{speaker.Id}/commands", command);

    static Task Receipt(BenchSpeaker speaker, Guid command, CommandState state) =>
        speaker.Say(AirTopic.OutReceipt, new ReceiptMessage(command, state, TimeProvider.System.GetUtcNow()).ToBytes());

    async Task<string> Stage(BenchSpeaker speaker) =>
        (await server.Technician.GetAsync($"/api/speakers/{speaker.Id}").Json())
            .GetProperty("commands")[0]
            .GetProperty("stage")
            .GetString()!;
}
