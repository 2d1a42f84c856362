using Loa.Cases;
using Loa.Kernel;

namespace Loa.Trust.Revoking;

/// <summary>The list of what a root no longer stands by; each act is one version of it, signed by that root.</summary>
static class RevocationProcedure
{
    public const string Publish = "publish";
    public const string Renew = "renew";

    const string Published = "published";

    public static readonly Procedure Definition = new(
        "revocations",
        1,
        "root",
        [new("root", FieldKind.Text, 43), new("list_version", FieldKind.Number)],
        [
            new(Publish, [], Published)
            {
                Sets = ["root", "list_version"],
                Needs = ["root", "list_version"],
                NeedsSignature = true,
            },
            new(Renew, [Published], null)
            {
                Sets = ["list_version"],
                Needs = ["list_version"],
                NeedsSignature = true,
            },
        ]
    );

    /// <summary>One list a root: one that took the place of another signs the other's list anew.</summary>
    public static Guid IdOf(string rootKid) => NamedId.Of($"revocations:{rootKid}");
}
