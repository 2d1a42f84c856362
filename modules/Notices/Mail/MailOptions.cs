using Loa.Contracts.Notices;

namespace Loa.Notices.Mail;

/// <summary>The province's mail server (configuration section Notices:Mail). Nobody gets letters, unless it is said.</summary>
sealed class MailOptions : MailServer
{
    public const string Section = "Notices:Mail";

    public bool IsOffered => Host.Length > 0;

    public override bool IsWhole => !IsOffered || base.IsWhole;
}
