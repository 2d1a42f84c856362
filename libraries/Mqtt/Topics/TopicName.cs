namespace Loa.Mqtt.Topics;

/// <summary>The name a message is published under: no wildcards, not empty.</summary>
static class TopicName
{
    /// <summary>In bytes of UTF-8 as it comes in, in characters as it goes out.</summary>
    public const int Longest = 512;

    public static bool IsValid(ReadOnlySpan<byte> topic) =>
        !topic.IsEmpty && topic.IndexOfAny((byte)'+', (byte)'#') < 0;

    public static bool IsValid(string topic) => topic.Length > 0 && topic.AsSpan().IndexOfAny("+#\0") < 0;
}
