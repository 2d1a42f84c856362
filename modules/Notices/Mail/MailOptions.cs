using System.ComponentModel.DataAnnotations;

namespace Loa.Notices.Mail;

/// <summary>The province's mail server (configuration section Notices:Mail). Nobody gets letters, unless it is said.</summary>
sealed class MailOptions
{
    public const string Section = "Notices:Mail";

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

    public bool IsOffered => Host.Length > 0;

    public bool IsWhole => !IsOffered || From.Contains('@');
}
