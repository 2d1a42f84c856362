using Microsoft.AspNetCore.Identity;

namespace Loa.People.SignIn;

/// <summary>What an officer signs in with. Its id is the officer's; who he is and what he may do stand in his acts.</summary>
sealed class Account : IdentityUser<Guid>
{
    /// <summary>The password is an invitation, good once until this moment; null when the officer chose his own.</summary>
    public DateTimeOffset? InvitedUntil { get; set; }
}
