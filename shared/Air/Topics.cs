using System.Text;

namespace Loa.Air;

/// <summary>Topic names: <c>loa/{speaker}/in/…</c> from the server, <c>loa/{speaker}/out/…</c> from the speaker, <c>loa/sound/{stream}</c> for all.</summary>
public static class Topics
{
    /// <summary>MQTT 5 user property of a message that somebody's request brought about: its id, for the logs of both sides.</summary>
    public const string RequestProperty = "request";

    public const int LongestRequest = 64;

    const string Prefix = "loa/";
    const string SoundPrefix = "loa/sound/";
    const int IdLength = 36;
    const int LongestName = 64;

    // In the order of AirTopic.
    static readonly string[] endings =
    [
        "/in/timetable",
        "/in/command",
        "/in/placement",
        "/in/revocations",
        "/in/ack",
        "/in/time",
        "/in/root",
        "/out/state",
        "/out/progress",
        "/out/record",
        "/out/receipt",
        "/out/health",
        "/out/time",
        "/out/log",
    ];

    public static string Of(Guid speaker, AirTopic topic) => Name(speaker, endings[(int)topic]);

    /// <summary>Where the groups of a stream are, the same for everybody who hears it.</summary>
    public static string Sound(Guid stream) => $"{SoundPrefix}{stream:D}";

    public static bool TryParseSound(ReadOnlySpan<byte> name, out Guid stream)
    {
        stream = default;
        Span<char> letters = stackalloc char[LongestName];
        return name.Length == SoundPrefix.Length + IdLength
            && Encoding.ASCII.TryGetChars(name, letters, out var length)
            && letters.StartsWith(SoundPrefix)
            && LowerCaseId.TryParse(letters[SoundPrefix.Length..length], out stream);
    }

    /// <summary>The filter a speaker subscribes to.</summary>
    public static string AllIn(Guid speaker) => Name(speaker, "/in/+");

    /// <summary>Whether the server says this (and the speaker hears it).</summary>
    public static bool IsIn(AirTopic topic) => topic <= AirTopic.InRoot;

    public static bool TryParse(ReadOnlySpan<char> name, out Guid speaker, out AirTopic topic)
    {
        speaker = default;
        topic = default;
        if (name.Length <= Prefix.Length + IdLength || !name.StartsWith(Prefix))
            return false;
        return TryFind(name[(Prefix.Length + IdLength)..], out topic)
            && LowerCaseId.TryParse(name.Slice(Prefix.Length, IdLength), out speaker);
    }

    /// <summary>The same for a name as it stands in an MQTT packet.</summary>
    public static bool TryParse(ReadOnlySpan<byte> name, out Guid speaker, out AirTopic topic)
    {
        speaker = default;
        topic = default;
        Span<char> letters = stackalloc char[LongestName];
        return name.Length <= LongestName
            && Encoding.ASCII.TryGetChars(name, letters, out var length)
            && TryParse(letters[..length], out speaker, out topic);
    }

    static bool TryFind(ReadOnlySpan<char> ending, out AirTopic topic)
    {
        for (var i = 0; i < endings.Length; i++)
        {
            if (!ending.SequenceEqual(endings[i]))
                continue;
            topic = (AirTopic)i;
            return true;
        }
        topic = default;
        return false;
    }

    static string Name(Guid speaker, string ending) =>
        string.Create(
            Prefix.Length + IdLength + ending.Length,
            (speaker, ending),
            static (name, parts) =>
            {
                Prefix.CopyTo(name);
                parts.speaker.TryFormat(name[Prefix.Length..], out _, "D");
                parts.ending.CopyTo(name[(Prefix.Length + IdLength)..]);
            }
        );
}
