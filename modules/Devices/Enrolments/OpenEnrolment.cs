namespace Loa.Devices.Enrolments;

/// <summary>A new speaker that introduced itself, and the code it shows until somebody claims it.</summary>
sealed class OpenEnrolment
{
    public required Guid Id { get; init; }
    public required string Kid { get; init; }

    /// <summary>The public key as JSON.</summary>
    public required string Jwk { get; init; }
    public string Serial { get; set; } = "";
    public string Model { get; set; } = "";
    public string Firmware { get; set; } = "";
    public int Horns { get; set; }

    /// <summary>Who made it, if it said so.</summary>
    public string? Vendor { get; set; }

    /// <summary>The commands it can carry out, separated by blanks; null when it can all.</summary>
    public string? Can { get; set; }

    /// <summary>Which rules it knows: 1 shows the code as it was given, later ones add a half of their own.</summary>
    public int Protocol { get; set; } = 1;

    /// <summary>What the server gave: the whole code, or its half.</summary>
    public string Code { get; set; } = "";

    /// <summary>Of the nonce that goes into the speaker's half.</summary>
    public string? Seal { get; set; }

    /// <summary>Known once the speaker has its root and its half of the code.</summary>
    public string? Nonce { get; set; }

    /// <summary>From where it introduced itself first: the /24 or /48 around its address.</summary>
    public string Network { get; set; } = "";
    public DateTimeOffset Expires { get; set; }
    public Guid? SpeakerId { get; set; }
    public DateTimeOffset? ClaimedAt { get; set; }
}
