using System.ComponentModel.DataAnnotations;
using Loa.Contracts.Notices;

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
sealed class LedgerMail : MailServer
{
    [MaxLength(255)]
    public string To { get; init; } = "";

    public override bool IsWhole => base.IsWhole && To.Contains('@');
}
