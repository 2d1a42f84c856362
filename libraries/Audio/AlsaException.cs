namespace Loa.Audio;

/// <summary>The sound card refused or was lost.</summary>
public sealed class AlsaException(string device, string action, string reason)
    : Exception($"The sound device {device} failed to {action}: {reason}")
{
    public string Device { get; } = device;
}
