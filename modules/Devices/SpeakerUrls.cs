namespace Loa.Devices;

/// <summary>Where speakers reach us, when that is not where they enrolled (section "Mqtt").</summary>
sealed class SpeakerUrls
{
    /// <summary>host:port of the gateway; the host they enrolled at unless said.</summary>
    public string? PublicAddress { get; set; }

    /// <summary>Where media are fetched, ending in "/"; from the server they enrolled at unless said.</summary>
    public string? MediaUrl { get; set; }

    /// <summary>Where packages are fetched, ending in "/"; from the server they enrolled at unless said.</summary>
    public string? PackageUrl { get; set; }
}
