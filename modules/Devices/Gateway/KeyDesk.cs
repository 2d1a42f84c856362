using System.Text.Json;
using Loa.Devices.Data;
using Loa.Jose;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Loa.Devices.Gateway;

/// <summary>
/// Looks up the keys of speakers that are at the door: always as they are stored now, and all that wait in one question,
/// so that a province whose power comes back is not let in one by one.
/// </summary>
sealed class KeyDesk
{
    // Strangers who fail again and again cost ten questions a second, however many they are; a speaker among them a moment.
    static readonly TimeSpan pace = TimeSpan.FromMilliseconds(100);

    readonly IServiceScopeFactory scopes;
    readonly Lines lines;
    readonly KeyQueue hurried;
    readonly KeyQueue patient;

    public KeyDesk(IServiceScopeFactory scopes, Lines lines, TimeProvider clock)
    {
        (this.scopes, this.lines) = (scopes, lines);
        hurried = new KeyQueue(Read, TimeSpan.Zero, clock);
        patient = new KeyQueue(Read, pace, clock);
    }

    /// <summary>Null when no key is known for this speaker.</summary>
    /// <param name="isHurried">Nobody who comes from there has failed much of late.</param>
    public Task<KnownKey?> Find(Guid speaker, bool isHurried, CancellationToken cancel) =>
        (isHurried ? hurried : patient).Find(speaker).WaitAsync(cancel);

    async Task<Dictionary<Guid, KnownKey>> Read(Guid[] speakers)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DevicesDb>();
        var rows = await (
            from k in db.Keys.AsNoTracking()
            where speakers.Contains(k.SpeakerId)
            join s in db.Speakers on k.SpeakerId equals s.Id
            select new
            {
                k.SpeakerId,
                k.Kid,
                k.Jwk,
                k.PlacedBy,
                s.Line,
            }
        ).ToListAsync();
        var found = new Dictionary<Guid, KnownKey>(rows.Count);
        foreach (var row in rows)
            if (KeyOf(row.SpeakerId, row.Kid, row.Jwk) is { } key)
                found[row.SpeakerId] = new(key, row.PlacedBy, row.Line);
        return found;
    }

    // The key it proved last time needs no reading again as long as it is still the one that is stored.
    PublicKey? KeyOf(Guid speaker, string kid, string jwk) =>
        lines.KeyOf(speaker) is { } proved && proved.KeyId == kid ? proved
        : PublicKey.TryFrom(JsonSerializer.Deserialize<Jwk>(jwk), out var key) && key.KeyId == kid ? key
        : null;
}

/// <summary>A speaker's key as it is stored, the key that signed where it stands, and the number of its last line.</summary>
sealed record KnownKey(PublicKey Key, string PlacedBy, long Line);
