namespace Loa.Mqtt.Server;

/// <summary>
/// The numbers that stand for topics towards one client (MQTT 5.0, 3.3.2.3.4): the first topics said to it get them and
/// keep them as long as the connection lasts. The shared bytes of a message stay as they are; only the head is shorter.
/// </summary>
sealed class TopicAliases(int most)
{
    readonly List<(string Prefix, string Suffix)> known = [];

    /// <summary><paramref name="spare"/> is how many bytes the packet may still grow.</summary>
    public Sending Shorten(Message message, Sending sending, int spare)
    {
        for (var index = 0; index < known.Count; index++)
            if (known[index].Prefix == message.Prefix && known[index].Suffix == message.Suffix)
                return sending with { Alias = (ushort)(index + 1), AliasIsKnown = true };
        // The length in front of it may grow by a byte too, that of the properties and that of the packet.
        if (known.Count == most || spare < Message.AliasSize + 2)
            return sending;
        known.Add((message.Prefix, message.Suffix));
        return sending with { Alias = (ushort)known.Count };
    }
}
