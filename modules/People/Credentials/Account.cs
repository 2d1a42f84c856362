using Microsoft.AspNetCore.Identity;

namespace Loa.People.Credentials;

/// <summary>What an officer signs in with. Its id is the officer's; who he is and what he may do stand in his acts.</summary>
sealed class Account : IdentityUser<Guid>
{
    /// <summary>The account of nobody (made by the first migration, without a password), which takes the failures of unknown names.</summary>
    public static readonly Guid Nobody = Guid.Empty;

    /// <summary>The password is an invitation, good once until this moment; null when the officer chose his own.</summary>
    public DateTimeOffset? InvitedUntil { get; set; }
}
