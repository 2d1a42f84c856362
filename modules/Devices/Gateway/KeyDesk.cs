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
sealed class KeyDesk(IServiceScopeFactory scopes, Lines lines)
{
    const int Together = 500;

    readonly Lock gate = new();
    readonly List<(Guid Speaker, TaskCompletionSource<KnownKey?> Answer)> waiting = [];
    bool isAsking;

    /// <summary>Null when no key is known for this speaker.</summary>
    public Task<KnownKey?> Find(Guid speaker, CancellationToken cancel)
    {
        var answer = new TaskCompletionSource<KnownKey?>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (gate)
        {
            waiting.Add((speaker, answer));
            if (!isAsking)
            {
                isAsking = true;
                _ = Task.Run(Ask, CancellationToken.None);
            }
        }
        return answer.Task.WaitAsync(cancel);
    }

    async Task Ask()
    {
        while (Next() is { Length: > 0 } some)
        {
            try
            {
                var found = await Read([.. some.Select(w => w.Speaker).Distinct()]);
                foreach (var (speaker, answer) in some)
                    answer.TrySetResult(found.GetValueOrDefault(speaker));
            }
            catch (Exception failure)
            {
                // Each who waits learns of it, and his connection is closed; the next ask anew.
                foreach (var (_, answer) in some)
                    answer.TrySetException(failure);
            }
        }
    }

    (Guid Speaker, TaskCompletionSource<KnownKey?> Answer)[] Next()
    {
        lock (gate)
        {
            var some = waiting.Take(Together).ToArray();
            waiting.RemoveRange(0, some.Length);
            isAsking = some.Length > 0;
            return some;
        }
    }

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
