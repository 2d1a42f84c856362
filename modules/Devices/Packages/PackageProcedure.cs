using Loa.Cases;

namespace Loa.Devices.Packages;

/// <summary>The life of a package: somebody brings it, somebody whose key may signs it, and it may be withdrawn.</summary>
static class PackageProcedure
{
    public const string Upload = "upload";
    public const string Sign = "sign";
    public const string Withdraw = "withdraw";

    public const string Draft = "draft";
    public const string Signed = "signed";
    public const string Withdrawn = "withdrawn";

    public static readonly Procedure Definition = new(
        "package",
        version: 1,
        titleField: "label",
        fields:
        [
            new("label", FieldKind.Text, 64),
            new("package_kind", FieldKind.Text, 20),
            new("package_version", FieldKind.Number),
            new("digest", FieldKind.Text, 64),
            // The very text that is signed.
            new("document", FieldKind.Text, 16 * 1024),
            new("delegations", FieldKind.Texts, 64 * 1024),
        ],
        moves:
        [
            new(Upload, [], Draft)
            {
                Sets = ["label", "package_kind", "package_version", "digest", "document"],
                Needs = ["label", "package_kind", "package_version", "digest", "document"],
            },
            new(Sign, [Draft], Signed) { Sets = ["delegations"], NeedsSignature = true },
            new(Withdraw, [Draft, Signed], Withdrawn) { NeedsComment = true },
        ]
    );
}
