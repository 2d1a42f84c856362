using System.Text;

namespace Loa.Air;

public sealed class MessagesTests
{
    [Fact]
    public void Messages_are_spelled_as_the_protocol_says()
    {
        var state = new StateMessage(
            true,
            Some.Now,
            Timetable: 7,
            Firmware: "0.1.0",
            Volume: 60,
            Playing: Some.Id(3),
            StorageFree: 5
        );

        Assert.Equal("""{"online":false}""", Text(StateMessage.Gone));
        Assert.Equal(
            $$"""{"online":true,"at":1772490600000,"timetable":7,"firmware":"0.1.0","volume":60,"playing":"{{Some.Id(3)}}","storage_free":5}""",
            Text(state)
        );
        Assert.Equal("""{"seq":0,"hash":""}""", Text(new AckMessage(0, "")));
        Assert.Equal(
            $$"""{"at":1772490600000,"items":[{"item":"{{Some.Id(3)}}","state":"verified"}]}""",
            Text(new ProgressMessage(Some.Now, [new ItemStep(Some.Id(3), ItemProgress.Verified)]))
        );
        Assert.Equal("""{"state":"waiting"}""", Text(EnrolmentStatus.Waiting));
    }

    [Theory]
    [InlineData("""{"at":1}""")]
    [InlineData("""{"at":1,"items":null}""")]
    [InlineData("""{"at":1,"items":[]}""")]
    [InlineData("""{"at":1,"items":[null]}""")]
    [InlineData("""{"at":1,"items":[{"state":"verified"}]}""")]
    [InlineData("""{"at":1,"items":[{"item":"019a","state":"verified"}]}""")]
    public void Progress_that_a_captured_speaker_makes_up_is_no_message(string json) =>
        Assert.False(ProgressMessage.TryRead(Encoding.UTF8.GetBytes(json), out _));

    [Fact]
    public void Progress_of_more_items_than_one_message_may_tell_is_no_message()
    {
        var steps = Enumerable
            .Range(0, ProgressMessage.MostItems + 1)
            .Select(i => new ItemStep(Some.Id(i), ItemProgress.Verified));
        ItemStep[] all = [.. steps];

        Assert.False(ProgressMessage.TryRead(new ProgressMessage(Some.Now, all).ToBytes(), out _));
        Assert.True(ProgressMessage.TryRead(new ProgressMessage(Some.Now, all[1..]).ToBytes(), out _));
    }

    [Fact]
    public void What_was_written_is_read_back()
    {
        var receipt = new ReceiptMessage(Some.Id(5), CommandState.Refused, Some.Now, Refusal.CommandExpired);
        var opened = new EnrolmentOpened(
            Some.Id(9),
            "ABCD-EFGH",
            Some.Now,
            SomeKeys.Root.Public.Jwk,
            Some.Server,
            "localhost:18830"
        );

        Assert.True(ReceiptMessage.TryRead(receipt.ToBytes(), out var readReceipt));
        Assert.Equal(receipt, readReceipt);
        Assert.True(EnrolmentOpened.TryRead(opened.ToBytes(), out var readOpened));
        Assert.Equal(opened, readOpened);
        Assert.True(TimetableMessage.TryRead(new TimetableMessage("t", ["r"], []).ToBytes(), out var timetable));
        Assert.Equal(["r"], timetable.Releases);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"seq":1}""")]
    [InlineData("""{"seq":"1","hash":""}""")]
    [InlineData("""{"seq":1.5,"hash":""}""")]
    [InlineData("""{"seq":0,"hash":null}""")]
    [InlineData("""{"seq":0,"seq":0,"hash":""}""")]
    [InlineData("""{"seq":0,"hash":"\ud800"}""")]
    [InlineData("""{"seq":-1,"hash":""}""")]
    [InlineData("""{"seq":1,"hash":"AB"}""")]
    [InlineData("""{"seq":0,"hash":""}{}""")]
    [InlineData("""{"seq":0,"hash":"",}""")]
    public void What_is_not_a_message_is_refused_without_an_exception(string text)
    {
        Assert.False(AckMessage.TryRead(Encoding.UTF8.GetBytes(text), out _));
    }

    [Fact]
    public void Lists_hold_no_holes_and_bytes_are_utf8()
    {
        Assert.False(CommandMessage.TryRead("""{"command":"c","delegations":[null]}"""u8, out _));
        Assert.False(RecordMessage.TryRead([.. "{\"record\":\""u8, 0xff, .. "\"}"u8], out _));
        Assert.False(RecordMessage.TryRead(new RecordMessage(new string('x', 70_000)).ToBytes(), out _));
        Assert.False(EnrolmentStatus.TryRead("""{"state":"claimed"}"""u8, out _));
        Assert.False(EnrolmentStatus.TryRead("""{"state":"Waiting"}"""u8, out _));
        Assert.False(EnrolmentStatus.TryRead("""{"state":0}"""u8, out _));
    }

    [Fact]
    public void Unknown_members_are_left_aside()
    {
        Assert.True(AckMessage.TryRead("""{"seq":0,"hash":"","later":{"a":[1]}}"""u8, out _));
    }

    static string Text<T>(AirMessage<T> message)
        where T : AirMessage<T>, IAirMessage<T> => Encoding.UTF8.GetString(message.ToBytes());
}
