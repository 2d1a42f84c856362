namespace Loa.Devices.Registry;

/// <summary>What is amiss with a speaker now, as a set in one number, so that lists can be filtered by it.</summary>
[Flags]
enum Alarms
{
    None = 0,
    OnBattery = 1,
    AmplifierOff = 2,
    Silent = 4,
    ClockWrong = 8,
    StorageLow = 16,
    BatteryLow = 32,
    Hot = 64,
    SoftHorn = 128,
    SoftVolume = 256,
    Flood = 512,

    /// <summary>It is set so softly that it is hardly heard outdoors.</summary>
    Soft = SoftHorn | SoftVolume,

    /// <summary>Seen by the server from what comes in beside its health.</summary>
    Seen = SoftVolume | Flood,

    /// <summary>Of all these, what somebody must act on.</summary>
    MustAct = Silent | ClockWrong | StorageLow | BatteryLow | Hot | Soft | Flood,
}
