using System.Globalization;
using System.Text.Json.Nodes;
using Loa.Cases;
using Loa.Papers;

namespace Loa.Retention.Archives;

/// <summary>A file of lines that were deleted after it was written: gzip, one line for each thing.</summary>
sealed record ArchiveFile(Case Case) : ICase<ArchiveFile>
{
    public static Procedure Procedure => ArchiveFileProcedure.Definition;

    public static string Path => "/retention/archives";

    public static ArchiveFile Of(Case standing) => new(standing);

    public string Kind => Case.Text("kept");

    /// <summary>All that is in it is older.</summary>
    public DateTimeOffset Before => DateTimeOffset.Parse(Case.Text("before"), CultureInfo.InvariantCulture);

    public long Lines => Case.Number("lines");

    public long Bytes => Case.Number("bytes");

    public string Digest => Case.Text("digest");

    public DateTimeOffset KeptAt => Case.OpenedAt;

    public static JsonObject Patch(string kind, DateTimeOffset before, int lines, Paper paper) =>
        new()
        {
            ["kept"] = kind,
            ["before"] = before.ToString("O", CultureInfo.InvariantCulture),
            ["lines"] = lines,
            ["bytes"] = paper.Length,
            ["digest"] = paper.Digest,
        };
}
