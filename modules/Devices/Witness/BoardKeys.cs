using System.Text.Json;
using System.Text.Json.Nodes;
using Loa.Devices.Data;
using Loa.Devices.Registry;
using Loa.Jose;
using Microsoft.EntityFrameworkCore;

namespace Loa.Devices.Witness;

/// <summary>The keys of all boards that ever had a place, from the acts that gave it to them.</summary>
static class BoardKeys
{
    public static async Task<IReadOnlyDictionary<string, PublicKey>> Read(DevicesDb db, CancellationToken cancel)
    {
        var keys = new Dictionary<string, PublicKey>(StringComparer.Ordinal);
        var acts = db.Acts.AsNoTracking().Where(a => a.Procedure == SpeakerProcedure.Definition.Name);
        await foreach (var patch in acts.Select(a => a.Patch).AsAsyncEnumerable().WithCancellation(cancel))
            if (patch.Contains("\"jwk\"", StringComparison.Ordinal) && KeyIn(patch) is { } key)
                keys[key.KeyId] = key;
        return keys;
    }

    static PublicKey? KeyIn(string patch) =>
        JsonNode.Parse(patch)?["jwk"].Deserialize<Jwk>() is { } jwk && PublicKey.TryFrom(jwk, out var key) ? key : null;
}
