namespace Loa.Devices;

/// <summary>Where speakers reach us, when that is not where they enrolled (section "Mqtt").</summary>
sealed class SpeakerUrls
{
    /// <summary>host:port of the gateway; the host they enrolled at unless said.</summary>
    public string? PublicAddress { get; set; }

    /// <summary>host:port of the gateway by TLS, as its certificate names it; speakers are told it only when it is said here.</summary>
    public string? TlsAddress { get; set; }

    /// <summary>A file with the authority's certificate (PEM) that may vouch for it; the public ones unless said.</summary>
    public string? TlsAuthority { get; set; }

    /// <summary>Where packages are fetched, ending in "/"; from the server they enrolled at unless said.</summary>
    public string? PackageUrl { get; set; }
}
