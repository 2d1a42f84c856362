using System.ComponentModel.DataAnnotations;

namespace Loa.Contracts.Notices;

/// <summary>A mail server as configuration names it.</summary>
public class MailServer
{
    [MaxLength(255)]
    public string Host { get; init; } = "";

    [Range(1, 65535)]
    public int Port { get; init; } = 25;

    /// <summary>The sender.</summary>
    [MaxLength(255)]
    public string From { get; init; } = "";

    /// <summary>Refuse a mail server that does not encrypt; else encryption is taken where it is offered.</summary>
    public bool Tls { get; init; }

    public string? User { get; init; }

    public string? Password { get; init; }

    /// <summary>How long it may take over one answer.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(20);

    public virtual bool IsWhole => Host.Length > 0 && From.Contains('@', StringComparison.Ordinal);
}
