using System.Text.Json;
using Loa.Contracts.Gateway;
using Loa.Jose;

namespace Loa.Gateway;

/// <summary>
/// Looks up the keys of speakers that are at the door: always as they are stored now, and all that wait in one question,
/// so that a province whose power comes back is not let in one by one.
/// </summary>
sealed class KeyLookup
{
    // Strangers who fail again and again cost ten questions a second, however many they are; a speaker among them a moment.
    static readonly TimeSpan pace = TimeSpan.FromMilliseconds(100);

    readonly ISpeakerKeys keys;
    readonly NodeConnections connections;
    readonly KeyQueue hurried;
    readonly KeyQueue patient;

    public KeyLookup(ISpeakerKeys keys, NodeConnections connections, TimeProvider clock)
    {
        (this.keys, this.connections) = (keys, connections);
        hurried = new KeyQueue(Read, TimeSpan.Zero, clock);
        patient = new KeyQueue(Read, pace, clock);
    }

    /// <summary>Null when no key is known for this speaker.</summary>
    /// <param name="isHurried">Nobody who comes from there has failed much of late.</param>
    public Task<KnownKey?> Find(Guid speaker, bool isHurried, CancellationToken cancel) =>
        (isHurried ? hurried : patient).Find(speaker).WaitAsync(cancel);

    async Task<Dictionary<Guid, KnownKey>> Read(Guid[] speakers)
    {
        var rows = await keys.Find(speakers, CancellationToken.None);
        var found = new Dictionary<Guid, KnownKey>(rows.Count);
        foreach (var row in rows)
            if (KeyOf(row) is { } key)
                found[row.Speaker] = new(key, row.PlacedBy, row.Connection);
        return found;
    }

    // The key it proved last time needs no reading again as long as it is still the one that is stored.
    PublicKey? KeyOf(StoredKey row) =>
        connections.KeyOf(row.Speaker) is { } proved && proved.KeyId == row.Kid ? proved
        : PublicKey.TryFrom(JsonSerializer.Deserialize<Jwk>(row.Jwk), out var key) && key.KeyId == row.Kid ? key
        : null;
}

/// <summary>A speaker's key, the key that signed where it stands, and the number of its last connection.</summary>
sealed record KnownKey(PublicKey Key, string PlacedBy, long Connection);
