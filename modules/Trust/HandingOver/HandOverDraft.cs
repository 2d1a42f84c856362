using System.Text.Json;
using System.Text.Json.Nodes;
using Loa.Air;
using Loa.Jose;

namespace Loa.Trust.HandingOver;

/// <summary>What the next root is to sign, on its way to the keeper: the delegations in force and the list of what is revoked.</summary>
/// <param name="Root">The root of today, which is to name the next one.</param>
/// <param name="Version">Of the change.</param>
sealed record HandOverDraft(
    string Root,
    long Version,
    IReadOnlyList<Delegation> Delegations,
    Air.Revocations? Revocations
)
{
    public string Text() =>
        new JsonObject
        {
            ["root"] = Root,
            ["version"] = Version,
            ["delegations"] = new JsonArray([.. Delegations.Select(d => JsonNode.Parse(AirFile.Text(d)))]),
            ["revocations"] = Revocations is null ? null : JsonNode.Parse(AirFile.Text(Revocations)),
        }.ToJsonString();

    /// <summary>Null when the text is not such a draft.</summary>
    public static HandOverDraft? Read(string text)
    {
        try
        {
            var read = JsonNode.Parse(text)!.AsObject();
            var delegations = read["delegations"]!.AsArray().Select(d => AirFile.Read<Delegation>($"{d}")).ToList();
            var list = read["revocations"] is { } node ? AirFile.Read<Air.Revocations>(node.ToJsonString()) : null;
            return delegations.Contains(null) || (list is null && read["revocations"] is not null)
                ? null
                : new((string)read["root"]!, (long)read["version"]!, delegations!, list);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or NullReferenceException)
        {
            // The file comes from a person; told by the null.
            return null;
        }
    }

    /// <summary>The change by the root of today, and all else by the one that takes its place; one text a line.</summary>
    public string Sign(SigningKey root, SigningKey next, DateTimeOffset at, DateTimeOffset until)
    {
        var change = new RootChange(Version, next.KeyId, next.Public.Jwk, at, until).Sign(root);
        var signed = Delegations.Select(d => d.Sign(next));
        return string.Join('\n', [change, .. signed, .. Revocations is null ? [] : (string[])[Revocations.Sign(next)]]);
    }
}
