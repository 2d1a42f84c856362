using System.ComponentModel.DataAnnotations;

namespace Loa.Gateway;

/// <summary>Where speakers connect and how much each of them may say (section "Mqtt").</summary>
sealed class GatewayOptions
{
    /// <summary>The name that speakers bind their proofs to.</summary>
    [Required, StringLength(200)]
    public string ServerName { get; set; } = "loa-thanh";

    /// <summary>This node among several: the same after each start, another for each.</summary>
    [Required, StringLength(60)]
    public string Node { get; set; } = "gateway";

    [Required]
    public string Listen { get; set; } = "0.0.0.0";

    /// <summary>0 takes a free one.</summary>
    [Range(0, 65535)]
    public int Port { get; set; } = 18830;

    /// <summary>TLS beside plain TCP, when there is a certificate; 0 takes a free one.</summary>
    [Range(0, 65535)]
    public int TlsPort { get; set; } = 18883;

    /// <summary>A file with the certificate and its chain (PEM); without it there is no TLS.</summary>
    public string? TlsCertificate { get; set; }

    /// <summary>A file with its key (PEM); the certificate's own unless said.</summary>
    public string? TlsKey { get; set; }

    [Range(1, 100_000)]
    public int MessagesPerSecond { get; set; } = 50;

    [Range(1, 100_000)]
    public int MessagesAtOnce { get; set; } = 2_000;

    /// <summary>Failed proofs from one network; beyond them its speakers are looked up together with all others of its kind.</summary>
    [Range(1, 1_000_000)]
    public int FailuresPerMinute { get; set; } = 60;

    [Range(100, 100_000)]
    public int MaximumConnections { get; set; } = 15_000;
}
