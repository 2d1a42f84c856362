using System.Net;
using System.Net.Http.Json;
using Loa.Air;
using Loa.Jose;

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
        var verdict = chain.VerifyCommand(
            heard.Command,
            speaker.Id,
            placement.Document.Path,
            new NonceMemory(),
            TimeProvider.System.GetUtcNow()
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
