using System.Text.Json;
using Loa.Air;
using Loa.Cases;
using Loa.Devices.Data;
using Loa.Kernel;

namespace Loa.Devices.Packages;

/// <summary>A package as its acts make it, for lists, for speakers that fetch it, and for rollouts: a cache, renewed with each act.</summary>
sealed class StoredPackage
{
    public required Guid Id { get; init; }
    public PackageKind Kind { get; set; }
    public long Version { get; set; }
    public string Label { get; set; } = "";

    /// <summary>SHA-256 of the archive.</summary>
    public string Digest { get; set; } = "";
    public string State { get; set; } = "";

    /// <summary>The document's payload: what is, or is to be, signed.</summary>
    public string Document { get; set; } = "";

    /// <summary>The signed document; null before somebody signed it, and kept when it is withdrawn.</summary>
    public string? Jws { get; set; }

    /// <summary>The delegations behind the signature, separated by blanks.</summary>
    public string Delegations { get; set; } = "";
    public string By { get; set; } = "";
    public DateTimeOffset At { get; set; }

    public string[] DelegationList => KeptDelegations.Read(Delegations);

    public Package Read() => JsonSerializer.Deserialize(Document, Package.Shape)!;

    public static StoredPackage Of(Case folded, Actor by)
    {
        var stored = new StoredPackage
        {
            Id = folded.Id,
            By = by.Name,
            At = folded.OpenedAt,
        };
        stored.Take(folded);
        return stored;
    }

    public void Take(Case folded)
    {
        Kind = Enum.Parse<PackageKind>(folded.Text("package_kind"), ignoreCase: true);
        Version = folded.Number("package_version");
        Label = folded.Title;
        Digest = folded.Text("digest");
        State = folded.State!;
        Document = folded.Text("document");
        Delegations = string.Join(' ', folded.Texts("delegations"));
    }
}
