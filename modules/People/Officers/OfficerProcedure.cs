using Loa.Cases;

namespace Loa.People.Officers;

/// <summary>The life of an officer: registered, appointed to posts, relieved of them, invited and reset, signed out, locked out and let in again.</summary>
static class OfficerProcedure
{
    public const string Register = "register";
    public const string Appoint = "appoint";
    public const string EndPost = "end-post";
    public const string Rename = "rename";
    public const string Lock = "lock";
    public const string Unlock = "unlock";

    /// <summary>A first password was handed over; <see cref="Reset"/> when there was one before.</summary>
    public const string Invite = "invite";
    public const string Reset = "reset";
    public const string ChangePassword = "change-password";
    public const string SignOut = "sign-out";
    public const string EndSession = "end-session";

    public const string Active = "active";
    public const string Locked = "locked";

    public static readonly Procedure Definition = new(
        "officer",
        1,
        "officer_name",
        [
            new("officer_name", FieldKind.Text, 200),
            new("user_name", FieldKind.Text, 64, Searched: true),
            new("post_id", FieldKind.Text, 36),
            new("post_unit", FieldKind.Text, 36),
            new("post_role", FieldKind.Text, 40),
            new("post_from", FieldKind.Text, 10),
            new("post_to", FieldKind.Text, 10),
        ],
        [
            new(Register, [], Active) { Sets = ["officer_name", "user_name"], Needs = ["officer_name", "user_name"] },
            new(Appoint, [Active, Locked], null)
            {
                Sets = ["post_id", "post_unit", "post_role", "post_from", "post_to"],
                Needs = ["post_id", "post_unit", "post_role", "post_from"],
            },
            new(EndPost, [Active, Locked], null) { Sets = ["post_id", "post_to"], Needs = ["post_id", "post_to"] },
            new(Rename, [Active, Locked], null) { Sets = ["officer_name"], Needs = ["officer_name"] },
            new(Lock, [Active], Locked) { NeedsComment = true },
            new(Unlock, [Locked], Active),
            new(Invite, [Active, Locked], null),
            new(Reset, [Active, Locked], null),
            new(ChangePassword, [Active], null),
            new(SignOut, [Active, Locked], null),
            new(EndSession, [Active, Locked], null),
        ]
    );
}
