using System.Collections.Concurrent;
using Loa.Air;
using Loa.Jose;
using Loa.Speaker.InABox;

namespace Loa.Speaker.Records;

/// <summary>A speaker lets go of its proofs only on the word of its own server, and goes on from it whatever happened to them.</summary>
public sealed class AcknowledgementTests
{
    [Theory]
    [InlineData("in plain words")]
    [InlineData("by a stranger")]
    [InlineData("by a leader")]
    [InlineData("with its other signature")]
    [InlineData("for another speaker")]
    [InlineData("by another root's server")]
    public async Task A_forged_acknowledgement_takes_no_record_away(string how)
    {
        await using var province = await Province.Start();
        await using var process = SpeakerProcess.Start(province);
        var speaker = await province.Speaker();
        await speaker.State(state => state.Online);
        speaker.HoldAcks = true;
        var item = await Played(province, speaker);

        province.Gate.Send(speaker, AirTopic.InAck, Forged(province, speaker.Ack, how).ToBytes());
        await Heard(province, speaker);
        await process.Kill();
        speaker.Lose();
        speaker.HoldAcks = false;
        await using var again = SpeakerProcess.Start(province);

        await speaker.Played(item);
        Assert.Single(speaker.Of(item));
    }

    [Fact]
    public async Task A_true_one_lets_it_go()
    {
        await using var province = await Province.Start();
        await using var process = SpeakerProcess.Start(province);
        var speaker = await province.Speaker();
        speaker.HoldAcks = true;
        await Played(province, speaker);
        speaker.HoldAcks = false;
        province.Gate.Acknowledge(speaker);
        await Heard(province, speaker);
        await process.Kill();
        var states = speaker.States.Count;
        await using var again = SpeakerProcess.Start(province);
        await speaker.Until(() => speaker.States.Skip(states).FirstOrDefault(state => state.Online), "its return");

        var next = await Played(province, speaker);

        Assert.Equal(2, (await speaker.Played(next)).Seq);
        Assert.Empty(speaker.Faults);
    }

    [Fact]
    public async Task A_record_spoilt_on_the_way_is_signed_anew_and_arrives()
    {
        await using var province = await Province.Start();
        var spoilt = 0;
        province.Gate.OnTheWay = record => spoilt++ == 0 ? Jws.Twin(record) : record;
        await using var process = SpeakerProcess.Start(province);
        var speaker = await province.Speaker();

        var item = await Played(province, speaker);

        Assert.Equal(1, (await speaker.Played(item)).Seq);
        Assert.Contains(Refusal.JwsSignature, Assert.Single(speaker.Faults));
    }

    [Theory]
    [InlineData(7)]
    [InlineData(0)]
    public async Task A_chain_that_does_not_meet_what_the_server_holds_goes_on_from_there(long seq)
    {
        await using var province = await Province.Start();
        await using var process = SpeakerProcess.Start(province);
        var speaker = await province.Speaker();
        await speaker.State(state => state.Online);
        speaker.HoldAcks = true;
        await Played(province, speaker);
        await Played(province, speaker);
        province.Gate.Acknowledge(speaker);
        await Heard(province, speaker);
        // It was put back to an older day, or holds what another memory of this board once said.
        var held = new RecordHead(seq, seq == 0 ? "" : new string('b', 64));
        speaker.Pretend(held);
        province.Gate.Acknowledge(speaker);

        var item = await Played(province, speaker);

        var record = await speaker.Played(item);
        Assert.Equal((seq + 1, held.Hash), (record.Seq, record.Prev));
        Assert.Empty(speaker.Faults);
    }

    [Fact]
    public async Task A_record_that_nobody_acknowledged_goes_on_from_there_too()
    {
        await using var province = await Province.Start();
        await using var process = SpeakerProcess.Start(province);
        var speaker = await province.Speaker();
        await speaker.State(state => state.Online);
        speaker.HoldAcks = true;
        var item = await Played(province, speaker);
        var held = new RecordHead(7, new string('b', 64));
        speaker.Pretend(held);
        province.Gate.Acknowledge(speaker);

        var again = await speaker.Until(() => speaker.Of(item).Skip(1).FirstOrDefault(), "the record once more");

        Assert.Equal((held.Seq + 1, held.Hash), (again.Seq, again.Prev));
        Assert.Empty(speaker.Faults);
    }

    [Fact]
    public async Task An_older_word_of_the_server_leads_nowhere_back()
    {
        await using var province = await Province.Start();
        await using var process = SpeakerProcess.Start(province);
        var speaker = await province.Speaker();
        await speaker.State(state => state.Online);
        var old = speaker.Ack with { Nonce = "a-connection-of-yesterday" };
        await Played(province, speaker);
        province.Gate.Send(speaker, AirTopic.InAck, province.Acknowledge(old).ToBytes());

        var item = await Played(province, speaker);

        Assert.Equal(2, (await speaker.Played(item)).Seq);
        Assert.Empty(speaker.Faults);
    }

    [Fact]
    public async Task A_record_that_came_too_soon_is_kept_as_it_is_and_comes_again()
    {
        await using var province = await Province.Start();
        await using var process = SpeakerProcess.Start(province);
        var speaker = await province.Speaker();
        await speaker.State(state => state.Online);
        var heard = new ConcurrentQueue<string>();
        speaker.HoldAcks = true;
        province.Gate.OnTheWay = record =>
        {
            heard.Enqueue(record);
            return record;
        };
        await Played(province, speaker);
        var held = new Acknowledgement(
            speaker.Id,
            0,
            "",
            TimeProvider.System.GetUtcNow(),
            speaker.Ack.Nonce,
            new(1, RecordChain.Flood)
        );

        province.Gate.Send(speaker, AirTopic.InAck, province.Acknowledge(held).ToBytes());

        await speaker.Until(() => heard.Count >= 2 ? heard : null, "the record once more");
        Assert.Single(heard.Distinct());
    }

    static async Task<TimetableItem> Played(Province province, SpeakerMirror speaker)
    {
        var release = province.Release(await Recorded.Make(0.3)).Sign(province.OfficerKey);
        var item = Province.PlayNow(release);
        province.Order(speaker, [item], [release]);
        await speaker.Played(item);
        return item;
    }

    /// <summary>What was sent to it before this it has taken.</summary>
    static Task Heard(Province province, SpeakerMirror speaker) => province.Obeyed(speaker, Command.Identify);

    static AckMessage Forged(Province province, Acknowledgement ack, string how) =>
        how switch
        {
            "in plain words" => new(ack.Seq, ack.Hash),
            "by a stranger" => Signed(ack, SigningKey.Create(), []),
            "by a leader" => Signed(ack, province.OfficerKey, [province.OfficerDelegation]),
            "with its other signature" => new(
                ack.Seq,
                ack.Hash,
                Ack: Jws.Twin(ack.Sign(province.ServerKey)),
                Delegations: [province.ServerDelegation]
            ),
            "for another speaker" => Signed(
                ack with
                {
                    Speaker = Guid.CreateVersion7(),
                },
                province.ServerKey,
                [province.ServerDelegation]
            ),
            _ => ByAnotherProvince(province, ack),
        };

    static AckMessage ByAnotherProvince(Province province, Acknowledgement ack)
    {
        var (root, server) = (SigningKey.Create(), SigningKey.Create());
        return Signed(ack, server, [province.Delegate(server, [AirKind.Timetable], by: root)]);
    }

    static AckMessage Signed(Acknowledgement ack, SigningKey by, IReadOnlyList<string> delegations) =>
        new(ack.Seq, ack.Hash, Ack: ack.Sign(by), Delegations: delegations);
}
