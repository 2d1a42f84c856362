using Loa.Cases;
using Loa.Kernel;

namespace Loa.Trust.Roots;

/// <summary>A root names the one that takes its place: once for each root, signed by it, never taken back.</summary>
static class RootProcedure
{
    public const string HandOver = "hand-over";

    const string HandedOver = "handed-over";

    public static readonly Procedure Definition = new(
        "root",
        1,
        "next_root",
        [
            new("root", FieldKind.Text, 43),
            new("next_root", FieldKind.Text, 43),
            new("root_version", FieldKind.Number),
            new("exp", FieldKind.Number),
        ],
        [
            new(HandOver, [], HandedOver)
            {
                Sets = ["root", "next_root", "root_version", "exp"],
                Needs = ["root", "next_root", "root_version", "exp"],
                NeedsSignature = true,
            },
        ]
    );

    /// <summary>One case a root, so that of two successors one is refused.</summary>
    public static Guid IdOf(string rootKid) => NamedId.Of($"root:{rootKid}");
}
