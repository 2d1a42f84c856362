using Loa.Mqtt.Packets;

namespace Loa.Mqtt.Server;

/// <summary>A client that breaks the protocol is told why and shown out; the others notice nothing.</summary>
public sealed class MalformedPacketTests
{
    // MQTT 5, client id "raw".
    const string Connect = "101000044D5154540502003C00" + "0003726177";

    [Theory]
    // Reserved packet type, packets only a server sends, a second CONNECT.
    [InlineData("0000", ReasonCode.MalformedPacket)]
    [InlineData("2003000000", ReasonCode.ProtocolError)]
    [InlineData("9004" + "0001" + "00" + "00", ReasonCode.ProtocolError)]
    [InlineData("B004" + "0001" + "00" + "00", ReasonCode.ProtocolError)]
    [InlineData("D000", ReasonCode.ProtocolError)]
    [InlineData(Connect, ReasonCode.ProtocolError)]
    // QoS 3, a duplicate of QoS 0, identifier 0, empty topic, wildcard, bad UTF-8, U+0000, surrogate, truncated topic.
    [InlineData("360600016100010041", ReasonCode.MalformedPacket)]
    [InlineData("3804000161" + "00", ReasonCode.MalformedPacket)]
    [InlineData("3206000161000000", ReasonCode.ProtocolError)]
    [InlineData("3003000000", ReasonCode.ProtocolError)]
    [InlineData("30040001" + "2300", ReasonCode.TopicNameInvalid)]
    [InlineData("3005" + "0002C328" + "00", ReasonCode.MalformedPacket)]
    [InlineData("3004" + "000100" + "00", ReasonCode.MalformedPacket)]
    [InlineData("3006" + "0003EDA080" + "00", ReasonCode.MalformedPacket)]
    [InlineData("3003" + "00FF61", ReasonCode.MalformedPacket)]
    // Topic alias: 0, more than allowed, never set; a response topic with a wildcard; a topic of 513 bytes.
    [InlineData("3007" + "000161" + "03230000", ReasonCode.TopicAliasInvalid)]
    [InlineData("3007" + "000161" + "03230011", ReasonCode.TopicAliasInvalid)]
    [InlineData("3006" + "0000" + "03230001", ReasonCode.ProtocolError)]
    [InlineData("3008" + "000161" + "04080001" + "23", ReasonCode.ProtocolError)]
    // A payload format of 2, a subscription identifier from a client, a text cut short.
    [InlineData("3006" + "000161" + "020102", ReasonCode.ProtocolError)]
    [InlineData("3006" + "000161" + "020B01", ReasonCode.ProtocolError)]
    [InlineData("3007" + "000161" + "0303000541", ReasonCode.MalformedPacket)]
    // Properties: unknown, not for this packet, twice, longer than the packet.
    [InlineData("3006" + "000161" + "027F00", ReasonCode.MalformedPacket)]
    [InlineData("3006" + "000161" + "022400", ReasonCode.ProtocolError)]
    [InlineData("3008" + "000161" + "0401000100", ReasonCode.ProtocolError)]
    [InlineData("3005" + "000161" + "7F01", ReasonCode.MalformedPacket)]
    // SUBSCRIBE: wrong flags, no filter, QoS 3, reserved option bits, retain handling 3, identifiers 0 and twice, packet 0.
    [InlineData("8007" + "0001" + "00" + "000161" + "00", ReasonCode.MalformedPacket)]
    [InlineData("8203" + "0001" + "00", ReasonCode.ProtocolError)]
    [InlineData("8207" + "0001" + "00" + "000161" + "03", ReasonCode.MalformedPacket)]
    [InlineData("8207" + "0001" + "00" + "000161" + "C0", ReasonCode.MalformedPacket)]
    [InlineData("8207" + "0001" + "00" + "000161" + "30", ReasonCode.ProtocolError)]
    [InlineData("8209" + "0001" + "020B00" + "000161" + "00", ReasonCode.ProtocolError)]
    [InlineData("820B" + "0001" + "040B010B01" + "000161" + "00", ReasonCode.ProtocolError)]
    [InlineData("8207" + "0000" + "00" + "000161" + "00", ReasonCode.ProtocolError)]
    // UNSUBSCRIBE: wrong flags, no filter.
    [InlineData("A006" + "0001" + "00" + "000161", ReasonCode.MalformedPacket)]
    [InlineData("A203" + "0001" + "00", ReasonCode.ProtocolError)]
    // PUBREL with the flags of PUBREC, PUBREC with those of PUBREL, PUBCOMP of identifier 0, an alias in a PUBACK.
    [InlineData("60020001", ReasonCode.MalformedPacket)]
    [InlineData("52020001", ReasonCode.MalformedPacket)]
    [InlineData("70020000", ReasonCode.ProtocolError)]
    [InlineData("4007" + "0001" + "00" + "03230001", ReasonCode.ProtocolError)]
    // DISCONNECT that has wrong flags, and one with a will's property.
    [InlineData("E100", ReasonCode.MalformedPacket)]
    [InlineData("E007" + "00" + "051800000001", ReasonCode.ProtocolError)]
    // PINGREQ with a body, PUBACK of identifier 0, AUTH of a client that has no method.
    [InlineData("C00100", ReasonCode.MalformedPacket)]
    [InlineData("40020000", ReasonCode.ProtocolError)]
    [InlineData("F00119", ReasonCode.ProtocolError)]
    // Longer than the server takes, and a length that never ends.
    [InlineData("30FFFFFF7F", ReasonCode.PacketTooLarge)]
    [InlineData("30FFFFFFFF01", ReasonCode.MalformedPacket)]
    public async Task A_broken_packet_closes_with_its_reason(string hex, ReasonCode reason)
    {
        await using var gateway = new Gateway();
        var other = await gateway.Connected("other");
        using var raw = await gateway.Raw();
        await raw.Connect();

        await raw.Say(Convert.FromHexString(hex));

        Assert.Equal(reason, await raw.HearGoodbye());
        var left = await gateway.Host.Departures.Next();
        Assert.Equal(("raw", reason, EndedBy.Server), (left.ClientId, left.Why.Reason, left.Why.By));
        await other.Publish("still/here", "yes");
        Assert.False(gateway.Host.Failures.Reader.TryRead(out _));
    }

    [Theory]
    // Reserved flag, will QoS without will, bad UTF-8 in the id, trailing byte, receive maximum 0, data without method.
    [InlineData("100D00044D5154540503003C00" + "0000", ReasonCode.MalformedPacket)]
    [InlineData("100D00044D515454050A003C00" + "0000", ReasonCode.MalformedPacket)]
    [InlineData("100F00044D5154540502003C00" + "0002C328", ReasonCode.MalformedPacket)]
    [InlineData("100E00044D5154540502003C00" + "0000" + "00", ReasonCode.MalformedPacket)]
    [InlineData("101000044D5154540502003C03210000" + "0000", ReasonCode.ProtocolError)]
    [InlineData("101100044D5154540502003C0416000141" + "0000", ReasonCode.ProtocolError)]
    // Version 6; a will of QoS 3; a will on a wildcard; an id with a slash.
    [InlineData("100D00044D5154540602003C00" + "0000", ReasonCode.UnsupportedProtocolVersion)]
    [InlineData("101300044D515454051E003C00" + "0000" + "00" + "000161" + "0000", ReasonCode.MalformedPacket)]
    [InlineData("101300044D5154540506003C00" + "0000" + "00" + "000123" + "0000", ReasonCode.TopicNameInvalid)]
    [InlineData("101000044D5154540502003C00" + "0003612F62", ReasonCode.ClientIdentifierNotValid)]
    public async Task A_broken_connect_is_refused_with_its_reason(string hex, ReasonCode reason)
    {
        await using var gateway = new Gateway();
        using var raw = await gateway.Raw();

        await raw.Say(Convert.FromHexString(hex));

        var fault = ConnackPacket.Read(await raw.Hear(PacketType.Connack), out var connack);
        Assert.Equal((ReasonCode.Success, reason), (fault, connack.Reason));
        await raw.HearEnd();
        Assert.Equal(0, gateway.Server.SessionCount);
    }

    [Theory]
    // HTTP, TLS, a PINGREQ before CONNECT, MQTT 3.1 ("MQIsdp").
    [InlineData("474554202F20485454502F312E310D0A")]
    [InlineData("16030100C8010000C40303")]
    [InlineData("C000")]
    [InlineData("101200064D51497364700302003C000461626364")]
    public async Task A_stranger_gets_no_answer(string hex)
    {
        await using var gateway = new Gateway();
        using var raw = await gateway.Raw();
        await raw.Say(Convert.FromHexString(hex));
        await raw.HearEnd();
        Assert.Equal(0, gateway.Server.SessionCount);
    }

    [Fact]
    public async Task A_silent_stranger_is_cut_after_the_handshake_timeout()
    {
        await using var gateway = new Gateway();
        using var silent = await gateway.Raw();
        using var slow = await gateway.Raw();
        await slow.Say(0x10);
        await gateway.Accepted(2);

        gateway.Clock.Advance(TimeSpan.FromSeconds(12));

        await silent.HearEnd();
        await slow.HearEnd();
    }

    [Fact]
    public async Task A_packet_may_come_byte_by_byte()
    {
        await using var gateway = new Gateway();
        using var raw = await gateway.Raw();
        foreach (var part in Convert.FromHexString(Connect))
            await raw.Say(part);
        await raw.Hear(PacketType.Connack);
        await raw.Say(0xC0);
        await raw.Say(0x00);
        await raw.Hear(PacketType.Pingresp);
    }

    [Fact]
    public async Task An_old_client_that_breaks_the_protocol_is_just_cut()
    {
        await using var gateway = new Gateway();
        using var raw = await gateway.Raw();
        await raw.Connect(version: ProtocolVersion.V311);
        await raw.Say(0x36, 0x05, 0x00, 0x01, 0x61, 0x00, 0x01);
        await raw.HearEnd();
        Assert.Equal(ReasonCode.MalformedPacket, (await gateway.Host.Departures.Next()).Why.Reason);
    }
}
