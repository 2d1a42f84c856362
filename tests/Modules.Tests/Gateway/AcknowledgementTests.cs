using System.Text;
using Loa.Air;
using Loa.Devices;
using Loa.Devices.Registry;
using Loa.Jose;
using Loa.Playout.AsRun;
using Microsoft.EntityFrameworkCore;

namespace Loa.Gateway;

/// <summary>What the server answers to records and to what it cannot read, to speakers of today and of before.</summary>
[Collection(nameof(DeviceServer))]
public sealed class AcknowledgementTests(DeviceServer server)
{
    [Fact]
    public async Task What_is_stored_is_told_in_the_servers_own_hand_for_this_connection()
    {
        await using var speaker = await server.Connected();
        var greeting = await speaker.HearAck(0);
        var chain = await Chain(greeting);
        Assert.Equal(speaker.Nonce, (await Ack(chain, speaker, greeting)).Nonce);

        var one = speaker.Record(Refused(speaker));
        await speaker.SendRecord(one);
        var message = await speaker.HearAck(1);
        var ack = await Ack(chain, speaker, message);

        Assert.Equal((1, Jws.Digest(one), speaker.Nonce), (ack.Seq, ack.Hash, ack.Nonce));
        Assert.Equal((message.Seq, message.Hash), (ack.Seq, ack.Hash));
        var other = chain.Verify(
            message.Ack,
            new AcknowledgementRule(Guid.CreateVersion7(), await Path(speaker), Now())
        );
        Assert.Equal(Refusal.AckSpeaker, other.Reason);
    }

    [Fact]
    public async Task A_record_that_is_not_stored_is_answered_with_the_reason()
    {
        await using var speaker = await server.Connected();
        var chain = await Chain(await speaker.HearAck(0));
        var (one, two) = (speaker.Record(Refused(speaker)), speaker.Record(Refused(speaker)));

        await speaker.SendRecord(two);
        await Answered(2, RecordReport.Gap);
        await speaker.SendRecord("no record");
        await Answered(1, Refusal.JwsMalformed);
        await speaker.SendRecord(one);
        await speaker.HearAck(1);
        var forked = RecordChain.Append(new(1, new string('0', 64)), Refused(speaker), speaker.Key, out _);
        await speaker.SendRecord(forked);
        await Answered(2, RecordReport.Broken);
        var twisted = RecordChain.Append(RecordHead.Start, Refused(speaker, "key.unknown"), speaker.Key, out _);
        await speaker.SendRecord(twisted);
        await Answered(1, RecordReport.Conflict);
        // From what the server holds it goes on.
        await speaker.SendRecord(two);
        await speaker.HearAck(2);

        async Task Answered(long seq, string reason)
        {
            var message = await speaker.Hear<AckMessage>(AirTopic.InAck);
            Assert.Equal(new RefusedRecord(seq, reason), message.Refused);
            Assert.Equal(message.Refused, (await Ack(chain, speaker, message)).Refused);
        }
    }

    [Fact]
    public async Task A_speaker_of_before_is_greeted_in_plain_words_and_nothing_is_signed_for_it()
    {
        await using var speaker = await server.Enrolled();
        speaker.Protocol = null;
        // Greeted as it connects, which only who keeps a subscription hears.
        await speaker.Connect();
        await speaker.Connect();
        Assert.Null((await speaker.HearAck(0)).Ack);
        await speaker.SendRecord(speaker.Record(Refused(speaker)));
        Assert.Null((await speaker.HearAck(1)).Ack);
    }

    [Theory]
    [InlineData(AirTopic.OutState, "[1,2]", "$")]
    [InlineData(AirTopic.OutState, """{"online":true,"timetable":"x"}""", "$.timetable")]
    [InlineData(AirTopic.OutState, """{"online":true,"volume":101}""", "volume")]
    [InlineData(AirTopic.OutProgress, """{"at":1,"items":[]}""", "items")]
    [InlineData(AirTopic.OutRecord, """{"record":1}""", "$.record")]
    [InlineData(AirTopic.OutReceipt, "{", "$")]
    public async Task What_cannot_be_read_is_answered_with_the_member(AirTopic topic, string text, string member)
    {
        await using var speaker = await server.Connected();
        var said = Assert.ThrowsAsync<Mqtt.MqttException>(() => speaker.Say(topic, Encoding.UTF8.GetBytes(text)));

        var refused = await said;
        Assert.Equal(Mqtt.ReasonCode.PayloadFormatInvalid, refused.Reason);
        Assert.EndsWith($": {member}", refused.Message, StringComparison.Ordinal);
        // The connection goes on.
        await speaker.SendRecord(speaker.Record(Refused(speaker)));
        await speaker.HearAck(1);
    }

    [Fact]
    public async Task A_speaker_of_before_that_cannot_be_read_is_not_sent_away()
    {
        await using var speaker = await server.Enrolled();
        speaker.Protocol = null;
        await speaker.Connect();
        await speaker.Say(AirTopic.OutState, "[1,2]"u8.ToArray());
    }

    async Task<Chain> Chain(AckMessage greeting)
    {
        Assert.True(EnrolmentOpened.TryRead(await Introduced(), out var opened));
        Assert.True(PublicKey.TryFrom(opened.Root, out var root));
        var chain = new Chain(root);
        foreach (var delegation in greeting.Delegations!)
            Assert.True(chain.Learn(delegation).Ok);
        return chain;
    }

    async Task<byte[]> Introduced()
    {
        await using var other = new BenchSpeaker("BENCH-ASKS-FOR-THE-ROOT");
        using var answer = await BenchSpeaker.Post(server.Anyone, other.Introduction());
        return await answer.Content.ReadAsByteArrayAsync();
    }

    async Task<Acknowledgement> Ack(Chain chain, BenchSpeaker speaker, AckMessage message)
    {
        var verdict = chain.Verify(message.Ack, new AcknowledgementRule(speaker.Id, await Path(speaker), Now()));
        Assert.True(verdict.Ok, verdict.Reason);
        return verdict.Document;
    }

    async Task<IReadOnlyList<Guid>> Path(BenchSpeaker speaker)
    {
        var placement = await server.Db(db => db.Keys.AsNoTracking().FirstAsync(k => k.SpeakerId == speaker.Id));
        Assert.True(Placement.TryRead(placement.Placement, out var read, out _));
        return read.Document.Path;
    }

    DateTimeOffset Now() => server.Running.Clock.GetUtcNow();

    [Fact]
    public async Task A_proof_with_its_other_signature_lets_nobody_in_but_a_speaker_of_before_makes_either()
    {
        await using var speaker = await server.Enrolled();
        speaker.Spelled = Jws.Twin;
        await Assert.ThrowsAsync<Mqtt.MqttException>(() => speaker.Connect());

        speaker.Protocol = null;
        await speaker.Connect();
    }

    [Fact]
    public async Task A_record_whose_signature_was_exchanged_on_the_way_is_not_stored()
    {
        await using var speaker = await server.Connected();
        var one = speaker.Record(Refused(speaker));
        await speaker.SendRecord(Jws.Twin(one));
        await Faulty(speaker, Refusal.JwsSignature);
        Assert.Empty(await Stored(speaker));

        await speaker.SendRecord(one);
        Assert.Equal(Jws.Digest(one), (await speaker.HearAck(1)).Hash);
    }

    [Fact]
    public async Task The_chain_of_a_speaker_of_before_goes_on_though_a_signature_was_exchanged_on_the_way()
    {
        await using var speaker = await server.Enrolled();
        speaker.Protocol = null;
        await speaker.Connect();
        await speaker.State();
        var (one, two) = (speaker.Record(Refused(speaker)), speaker.Record(Refused(speaker)));
        await speaker.SendRecord(Jws.Twin(one));
        await speaker.HearAck(1);
        await speaker.SendRecord(one);
        await speaker.SendRecord(two);

        Assert.Equal(Jws.Digest(two), (await speaker.HearAck(2)).Hash);
        Assert.Null((await server.Find(speaker.Id)).RecordFault);
        var three = speaker.Record(Refused(speaker));
        await speaker.SendRecord(Jws.Twin(three));
        await speaker.HearAck(3);
        Assert.Equal([1, 2, 3], await Stored(speaker));
    }

    static AirRecord Refused(BenchSpeaker speaker, string reason = "timetable.older") =>
        AirRecord.Refused(speaker.Id, TimeProvider.System.GetUtcNow(), RefusalSubject.Timetable, reason);

    Task Faulty(BenchSpeaker speaker, string fault) =>
        RunningServer.Until(async () => (await server.Find(speaker.Id)).RecordFault == fault, fault);

    Task<List<long>> Stored(BenchSpeaker speaker) =>
        server.Playout(db =>
            db.Records.Where(r => r.SpeakerId == speaker.Id).OrderBy(r => r.Seq).Select(r => r.Seq).ToListAsync()
        );
}
