namespace Loa.Devices.Health;

/// <summary>The signal that a speaker sends more records than anybody could play, or has calmed down: seen by the server.</summary>
static class FloodSignal
{
    const string Flood = "flood";
    const string Good = "good";

    public static Signal Of(Guid speaker, bool floods, DateTimeOffset at) =>
        new()
        {
            SpeakerId = speaker,
            Kind = SignalKind.Records,
            From = floods ? Good : Flood,
            To = floods ? Flood : Good,
            At = at,
        };
}
