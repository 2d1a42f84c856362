namespace Loa.Mqtt;

/// <summary>How hard a message is pressed to arrive: once at most, at least once, exactly once.</summary>
public enum Qos : byte
{
    AtMostOnce = 0,
    AtLeastOnce = 1,
    ExactlyOnce = 2,
}
