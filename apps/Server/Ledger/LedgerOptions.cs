using System.ComponentModel.DataAnnotations;

namespace Loa.Server.Ledger;

/// <summary>Where the ledger's heads are kept outside this server (configuration section Ledger). Nowhere, unless said.</summary>
sealed class LedgerOptions
{
    /// <summary>A file that heads are appended to: on a share that writes once, or that another administers.</summary>
    public string? Anchor { get; init; }

    public LedgerMail? Mail { get; init; }

    public bool IsAnchored => Mail is not null || !string.IsNullOrEmpty(Anchor);
}

/// <summary>How a head is mailed to the auditor.</summary>
sealed class LedgerMail
{
    [MaxLength(255)]
    public string Host { get; init; } = "";

    [Range(1, 65535)]
    public int Port { get; init; } = 25;

    [MaxLength(255)]
    public string From { get; init; } = "";

    [MaxLength(255)]
    public string To { get; init; } = "";

    /// <summary>Refuse a mail server that does not encrypt; else encryption is taken where it is offered.</summary>
    public bool Tls { get; init; }

    public string? User { get; init; }

    public string? Password { get; init; }

    public bool IsWhole => Host.Length > 0 && From.Contains('@') && To.Contains('@');
}
