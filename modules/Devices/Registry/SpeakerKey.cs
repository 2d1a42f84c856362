using Loa.Air;
using Loa.Cases;
using Loa.Devices.Data;

namespace Loa.Devices.Registry;

/// <summary>The key a speaker proves at each connection, and the signed place it is to stand at: a cache of its acts.</summary>
sealed class SpeakerKey
{
    public required Guid SpeakerId { get; init; }
    public string Kid { get; set; } = "";

    /// <summary>The public key as JSON.</summary>
    public string Jwk { get; set; } = "";

    /// <summary>The placement as JWS compact.</summary>
    public string Placement { get; set; } = "";
    public long PlacementVersion { get; set; }

    /// <summary>The key that signed the placement.</summary>
    public string PlacedBy { get; set; } = "";

    /// <summary>The delegations behind the placement, separated by blanks.</summary>
    public string Delegations { get; set; } = "";

    public string[] DelegationList => KeptDelegations.Read(Delegations);

    public void Take(Case folded)
    {
        Kid = folded.Text("kid");
        Jwk = folded.Fields["jwk"].ToJsonString();
        Placement = folded.Text("placement");
        PlacedBy = Air.Placement.TryRead(Placement, out var read, out _) ? read.KeyId : "";
        PlacementVersion = folded.Number("placement_version");
        Delegations = string.Join(' ', folded.Texts("delegations"));
    }
}
