using Loa.Kernel;
using Loa.People.Credentials;
using Loa.Ui;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Loa.People.Officers;

/// <summary>What an officer's first sign-in needs, told once and kept nowhere.</summary>
sealed record Invitation(Guid OfficerId, string UserName, string Password, DateTimeOffset GoodUntil);

/// <summary>Makes one-time passwords that an administrator hands over.</summary>
sealed class Invitations(PasswordHashes hashes, IOptions<GateOptions> options, TimeProvider clock)
{
    /// <summary>From now on only the invitation opens the account, once.</summary>
    public Invitation Put(Account account)
    {
        var password = Passwords.Invent();
        account.PasswordHash = hashes.Of(account, password);
        account.SecurityStamp = Passwords.NewStamp();
        account.InvitedUntil = clock.Moment() + options.Value.Invitation;
        return new(account.Id, account.UserName!, password, account.InvitedUntil.Value);
    }

    /// <summary>A program gets it as JSON; a person sees it, in place of the form or as a page.</summary>
    public static IResult Show(HttpContext http, Invitation invitation)
    {
        http.Response.Headers.CacheControl = "no-store";
        if (!http.Request.HasFormContentType)
            return TypedResults.Ok(invitation);
        var shown = new
        {
            invitation.UserName,
            invitation.Password,
            invitation.GoodUntil,
        };
        return http.Request.IsPartial()
            ? new RazorComponentResult<InvitationCard>(shown)
            : new RazorComponentResult<InvitationPage>(shown);
    }
}
