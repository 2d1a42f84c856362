namespace Loa.Mqtt.Topics;

/// <summary>The name a message is published under: no wildcards, not empty.</summary>
static class TopicName
{
    public const int LongestSent = 512;

    public static bool IsValid(ReadOnlySpan<byte> topic) =>
        !topic.IsEmpty && topic.IndexOfAny((byte)'+', (byte)'#') < 0;

    public static bool IsValid(string topic) => topic.Length > 0 && topic.AsSpan().IndexOfAny("+#\0") < 0;
}
