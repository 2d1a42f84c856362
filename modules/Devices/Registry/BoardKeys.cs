using System.Text.Json;
using System.Text.Json.Nodes;
using Loa.Contracts.Devices;
using Loa.Devices.Data;
using Loa.Jose;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Loa.Devices.Registry;

/// <summary>Answers whose keys the boards had, by the acts that gave them their places.</summary>
sealed class BoardKeys(IServiceScopeFactory scopes) : IBoards
{
    public async Task<IReadOnlyDictionary<string, PublicKey>> Keys(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DevicesDb>();
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
