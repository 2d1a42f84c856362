using System.ComponentModel.DataAnnotations;

namespace Loa.Trust;

/// <summary>How far delegations go (configuration section Trust; Demo stands at the top level).</summary>
sealed class TrustOptions
{
    /// <summary>Make a root key on this server's disk when no root is installed: for trying out, never for a province.</summary>
    public bool Demo { get; set; }

    /// <summary>The longest period that an officer or the server may ask for.</summary>
    [Range(1, 3650)]
    public int MostDays { get; init; } = 365;
}
