using Loa.Cases;

namespace Loa.People.Officers;

/// <summary>The life of an officer: registered, appointed to posts, relieved of them, locked out and let in again.</summary>
static class OfficerProcedure
{
    public const string Register = "register";
    public const string Appoint = "appoint";
    public const string EndPost = "end-post";
    public const string Rename = "rename";
    public const string Lock = "lock";
    public const string Unlock = "unlock";

    public const string Active = "active";
    public const string Locked = "locked";

    public static readonly Procedure V1 = new(
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
        ]
    );
}
