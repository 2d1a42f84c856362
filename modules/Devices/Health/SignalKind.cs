namespace Loa.Devices.Health;

/// <summary>What of a speaker is watched for changes; stored by number, so the order stays.</summary>
enum SignalKind
{
    Presence,
    Mains,
    Amplifier,
    Battery,
    Temperature,
    Sound,
    Link,
    Clock,
    Storage,
    Horns,
    Records,
}
