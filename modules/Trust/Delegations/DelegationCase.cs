using System.Text.Json;
using System.Text.Json.Nodes;
using Loa.Air;
using Loa.Cases;
using Loa.Jose;

namespace Loa.Trust.Delegations;

/// <summary>How a delegation stands now.</summary>
enum DelegationStanding
{
    Asked,
    InForce,
    Early,
    Expired,
    Revoked,
    Declined,

    /// <summary>Granted by a root that is no longer ours.</summary>
    Void,
}

/// <summary>A delegation as its acts make it: what was asked or granted, for whom, and the signatures of roots if there are any.</summary>
/// <param name="IsGivenUp">Its holder reported the key lost.</param>
/// <param name="OfficerId">Null for the server itself.</param>
/// <param name="Document">What is, or is to be, signed.</param>
/// <param name="Signed">The delegation as each root signed it, the latest last; none before it was granted.</param>
sealed record DelegationCase(
    Guid Id,
    string State,
    Guid? OfficerId,
    DateTimeOffset AskedAt,
    Delegation Document,
    IReadOnlyList<string> Signed,
    string? Comment,
    bool IsGivenUp = false
)
{
    public static DelegationCase Of(CaseWithActs found) => Of(found, found.Case);

    static DelegationCase Of(CaseWithActs found, Case folded) =>
        new(
            folded.Id,
            folded.State!,
            folded.Text("officer") is { Length: > 0 } officer ? Guid.Parse(officer) : null,
            folded.OpenedAt,
            new(
                folded.Id,
                folded.Title,
                folded.Fields["public_key"].Deserialize<Jwk>()!,
                folded.Text("holder"),
                [.. folded.Texts("kinds").Select(AirWord.Read<AirKind>)],
                [.. folded.Texts("classes").Select(AirWord.Read<AirClass>)],
                [.. folded.Texts("covered_units").Select(Guid.Parse)],
                DateTimeOffset.FromUnixTimeMilliseconds(folded.Number("nbf")),
                DateTimeOffset.FromUnixTimeMilliseconds(folded.Number("exp"))
            ),
            // Granted before signatures had one spelling, it is shown to speakers by the one they take.
            [.. found.Acts.Select(a => a.Signature).OfType<string>().Select(Jws.Low)],
            found.Last.Comment,
            found.LastOf(DelegationProcedure.GiveUp) is not null
        );

    /// <summary>The signed delegation, read and known to be by this root; null otherwise.</summary>
    public Signed<Delegation>? SignedBy(PublicKey? root)
    {
        if (root is not null)
            foreach (var jws in Signed.Reverse())
                if (Delegation.TryRead(jws, out var read, out _) && read.IsSignedBy(root))
                    return read;
        return null;
    }

    public DelegationStanding StandingAt(DateTimeOffset now, PublicKey? root) =>
        State switch
        {
            DelegationProcedure.Asked => DelegationStanding.Asked,
            DelegationProcedure.Declined => DelegationStanding.Declined,
            DelegationProcedure.Revoked => DelegationStanding.Revoked,
            _ when SignedBy(root) is null => DelegationStanding.Void,
            _ when now < Document.NotBefore => DelegationStanding.Early,
            _ when now >= Document.Expires => DelegationStanding.Expired,
            _ => DelegationStanding.InForce,
        };

    /// <summary>The fields that say what a delegation covers.</summary>
    public static JsonObject Cover(Delegation document) =>
        new()
        {
            ["kinds"] = Texts(document.Kinds.Select(AirWord.Of)),
            ["classes"] = Texts(document.Classes.Select(AirWord.Of)),
            ["covered_units"] = Texts(document.Units.Select(u => u.ToString())),
            ["nbf"] = document.NotBefore.ToUnixTimeMilliseconds(),
            ["exp"] = document.Expires.ToUnixTimeMilliseconds(),
        };

    static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(t => (JsonNode)t)]);
}
