namespace Loa.Devices.Registry;

/// <summary>Whether a speaker can be reached now.</summary>
enum Presence
{
    /// <summary>It was never connected.</summary>
    Never,

    Offline,

    /// <summary>The server has just started and it may still be on its way back.</summary>
    Returning,

    Online,
}
