namespace Loa.Mqtt.Server;

/// <summary>
/// How much one client has sent of late. One that sends too much loses nothing: its connection is read more slowly, and TCP
/// tells it so.
/// </summary>
struct Throttle(MqttServerOptions options)
{
    double messages = options.MessagesPerClient.AtOnce;
    double bytes = options.BytesPerClient.AtOnce;
    long moment;

    // Since when it has been held back without a breath, 0 when it is not.
    long since;

    public void Message() => messages--;

    public void Bytes(int count) => bytes -= count;

    /// <summary>How long to wait before more is read, null for not at all.</summary>
    public TimeSpan? Wait(ServerContext context)
    {
        var bounds = context.Options;
        if (messages >= bounds.MessagesPerClient.AtOnce / 2 && bytes >= bounds.BytesPerClient.AtOnce / 2 && since == 0)
            return null;

        var now = context.Clock.GetTimestamp();
        var passed = moment == 0 ? 0 : context.Clock.GetElapsedTime(moment, now).TotalSeconds;
        moment = now;
        messages = bounds.MessagesPerClient.Refilled(messages, passed);
        bytes = bounds.BytesPerClient.Refilled(bytes, passed);
        var debt = Math.Max(-messages / bounds.MessagesPerClient.PerSecond, -bytes / bounds.BytesPerClient.PerSecond);
        if (debt <= 0)
        {
            since = 0;
            return null;
        }
        if (since == 0)
            since = now;
        return TimeSpan.FromSeconds(debt);
    }

    public readonly bool IsTooLong(ServerContext context) =>
        context.Clock.GetElapsedTime(since) >= context.Options.LongestThrottle;
}
