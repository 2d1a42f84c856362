using Loa.Devices.Registry;

namespace Loa.Devices.Health;

/// <summary>The signal that a speaker came or went: told by its line, not by itself.</summary>
static class PresenceSignal
{
    public const string Online = "online";

    public static Signal Of(Guid speaker, Presence from, Presence to, DateTimeOffset at) =>
        new()
        {
            SpeakerId = speaker,
            Kind = SignalKind.Presence,
            From = Word(from),
            To = Word(to),
            At = at,
        };

    static string? Word(Presence presence) =>
        presence switch
        {
            Presence.Never => null,
            Presence.Offline => "offline",
            _ => Online,
        };
}
