using System.Text.Json;
using System.Text.Json.Nodes;
using Loa.Air;
using Loa.Cases;
using Loa.Contracts.Trust;
using Loa.Devices.Data;
using Loa.Jose;

namespace Loa.Devices.Registry;

/// <summary>
/// The key by which a registered speaker is expected to introduce itself, and the place that is signed for it already:
/// a cache of its acts.
/// </summary>
sealed class PreregisteredKey
{
    public required Guid SpeakerId { get; init; }
    public string Kid { get; set; } = "";

    /// <summary>The placement as JWS compact.</summary>
    public string Placement { get; set; } = "";
    public long PlacementVersion { get; set; }

    /// <summary>The delegations behind the placement, separated by blanks.</summary>
    public string Delegations { get; set; } = "";

    public SignedPlacement Signed => new(Jws.Low(Placement), KeptDelegations.Read(Delegations));

    public void Take(Case folded)
    {
        Kid = folded.Text("expected_kid");
        Placement = folded.Text("expected_placement");
        PlacementVersion = folded.Number("expected_version");
        Delegations = string.Join(' ', folded.Texts("expected_delegations"));
    }

    /// <summary>The fields of an act after which this key is expected.</summary>
    public static JsonObject Fields(string kid, long version, SignedPlacement signed) =>
        new()
        {
            ["expected_kid"] = kid,
            ["expected_placement"] = signed.Jws,
            ["expected_version"] = version,
            ["expected_delegations"] = JsonSerializer.SerializeToNode(signed.Delegations),
        };

    /// <summary>The fields of an act after which no key is expected.</summary>
    public static JsonObject Nothing() =>
        new()
        {
            ["expected_kid"] = null,
            ["expected_placement"] = null,
            ["expected_version"] = null,
            ["expected_delegations"] = null,
        };
}
