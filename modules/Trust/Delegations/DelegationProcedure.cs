using Loa.Cases;

namespace Loa.Trust.Delegations;

/// <summary>The life of a delegation: an officer (or the server) asks for it with his key, the root grants it, it is revoked.</summary>
static class DelegationProcedure
{
    public const string Ask = "ask";
    public const string Grant = "grant";
    public const string Decline = "decline";
    public const string Revoke = "revoke";

    /// <summary>Another root took the place of the one that granted it, and grants the same.</summary>
    public const string Reissue = "reissue";

    /// <summary>Its holder lost the key; the root has yet to revoke it.</summary>
    public const string GiveUp = "give-up";

    public const string Asked = "asked";
    public const string Granted = "granted";
    public const string Declined = "declined";
    public const string Revoked = "revoked";

    public static readonly Procedure Definition = new(
        "delegation",
        1,
        // The key names the case, because documents are looked up by their key.
        "key_id",
        [
            new("key_id", FieldKind.Text, 43),
            new("public_key", FieldKind.Json, 400),
            new("officer", FieldKind.Text, 36),
            new("holder", FieldKind.Text, 200, Searched: true),
            new("kinds", FieldKind.Texts, 200),
            new("classes", FieldKind.Texts, 200),
            new("covered_units", FieldKind.Texts, 12_000),
            new("nbf", FieldKind.Number),
            new("exp", FieldKind.Number),
            new("proof", FieldKind.Text, 4_000),
        ],
        [
            new(Ask, [], Asked)
            {
                Sets =
                [
                    "key_id",
                    "public_key",
                    "officer",
                    "holder",
                    "kinds",
                    "classes",
                    "covered_units",
                    "nbf",
                    "exp",
                    "proof",
                ],
                Needs = ["key_id", "public_key", "holder", "kinds", "classes", "covered_units", "nbf", "exp"],
                Effect = DelegationNotices.Tell,
            },
            // The root may grant less than was asked.
            new(Grant, [Asked], Granted)
            {
                Sets = ["kinds", "classes", "covered_units", "nbf", "exp"],
                NeedsSignature = true,
                Effect = DelegationNotices.Tell,
            },
            new(Decline, [Asked], Declined) { NeedsComment = true, Effect = DelegationNotices.Tell },
            new(Revoke, [Granted], Revoked) { NeedsComment = true, Effect = DelegationNotices.Tell },
            new(GiveUp, [Granted], null) { Effect = DelegationNotices.Tell },
            new(Reissue, [Granted], null)
            {
                Sets = ["kinds", "classes", "covered_units", "nbf", "exp"],
                NeedsSignature = true,
            },
        ]
    );
}
