using System.Security.Cryptography;
using System.Text;
using Loa.Cases;
using Loa.Contracts.Retention;

namespace Loa.Retention.Archives;

/// <summary>The life of an archive: one act, by which the ledger holds what the file must be for ever.</summary>
static class ArchiveFileProcedure
{
    public const string Keep = "keep";
    public const string Kept = "kept";

    static readonly string[] all = ["kept", "before", "lines", "bytes", "digest"];

    public static readonly Procedure Definition = new(
        "archive-file",
        version: 1,
        titleField: "kept",
        fields:
        [
            new("kept", FieldKind.Text, 40),
            new("before", FieldKind.Text, 40),
            new("lines", FieldKind.Number),
            new("bytes", FieldKind.Number),
            new("digest", FieldKind.Text, 64),
        ],
        moves: [new(Keep, [], Kept) { Sets = all, Needs = all }]
    )
    {
        SeenBy = RetentionRights.See,
        TitleWords = "retention.kind.",
    };

    /// <summary>A file has one case only, so its number comes from what it holds.</summary>
    public static Guid CaseOf(string kind, string digest) =>
        new(SHA256.HashData(Encoding.UTF8.GetBytes($"archive:{kind}:{digest}")).AsSpan(0, 16));
}
