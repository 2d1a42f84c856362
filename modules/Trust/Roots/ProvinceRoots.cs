using Loa.Air;
using Loa.Cluster;
using Loa.Jose;
using Loa.Kernel;
using Loa.Trust.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Loa.Trust.Roots;

/// <summary>
/// The province's roots: the first by the disk, the others by the ledger, each believed because the one before signed it. Asked at
/// every turn, so it is kept in memory until there is another.
/// </summary>
sealed class ProvinceRoots(KeyFolder keys, IServiceScopeFactory scopes, TimeProvider clock) : INodeCache
{
    Chain? known;
    int edition;

    /// <summary>The root of today; null until one is made or installed.</summary>
    public PublicKey? Today => Known()?.Root;

    /// <summary>How it came to be that one, the first change first.</summary>
    public IReadOnlyList<Signed<RootChange>> Changes => Known()?.RootChanges ?? [];

    /// <summary>The key of a root that lies on this disk; null as soon as a real one is installed, or was handed over to.</summary>
    public SigningKey? DemoRoot => keys.DemoRoot is { } demo && Changes.Count == 0 ? demo : null;

    /// <summary>All that ever were, the first one first.</summary>
    public IReadOnlyList<Reign> All => Known() is { } chain ? Reigns(keys.FirstRoot!, chain.RootChanges) : [];

    /// <summary>Those whose word counts at this moment, the one of today last.</summary>
    public IEnumerable<PublicKey> Holding =>
        All.Where(r => r.Until is not { } until || clock.Moment() < until).Select(r => r.Key);

    /// <summary>There is another: it is looked for at the next question.</summary>
    public void Forget()
    {
        Interlocked.Increment(ref edition);
        Volatile.Write(ref known, null);
    }

    void INodeCache.Forget(Guid changed) => Forget();

    Chain? Known()
    {
        if (keys.FirstRoot is not { } first)
            return null;
        if (Volatile.Read(ref known) is { } chain)
            return chain;
        var before = Volatile.Read(ref edition);
        using var scope = scopes.CreateScope();
        chain = Read(first, scope.ServiceProvider.GetRequiredService<TrustDb>());
        // Somebody changed it while we read: this one is used once and not kept.
        if (before == Volatile.Read(ref edition))
            Volatile.Write(ref known, chain);
        return chain;
    }

    /// <summary>As it is stored at this moment, for whoever is about to store another; null while there is no root.</summary>
    public Chain? ReadAnew(TrustDb db) => keys.FirstRoot is { } first ? Read(first, db) : null;

    // What the root before did not sign ends it: who can write to the database cannot make a root.
    static Chain Read(PublicKey first, TrustDb db)
    {
        var chain = new Chain(first, capacity: 1);
        for (var n = 0; n < RootMessage.MostRoots; n++)
            if (Successor(db, chain.Root) is not { } change || !chain.Follow(change).Ok)
                break;
        return chain;
    }

    static string? Successor(TrustDb db, PublicKey root)
    {
        var id = RootProcedure.IdOf(root.KeyId);
        return db.Acts.AsNoTracking().Where(a => a.CaseId == id).Select(a => a.Signature).FirstOrDefault();
    }

    static IReadOnlyList<Reign> Reigns(PublicKey first, IReadOnlyList<Signed<RootChange>> changes)
    {
        var reigns = new List<Reign> { new(first, null, null) };
        foreach (var change in changes.Select(c => c.Document))
            if (PublicKey.TryFrom(change.Jwk, out var next))
            {
                reigns[^1] = reigns[^1] with { Until = change.Expires };
                reigns.Add(new(next, change.At, null));
            }
        return reigns;
    }
}

/// <summary>One root's time.</summary>
/// <param name="Since">When the one before named it; null for the first.</param>
/// <param name="Until">Until when its word counts; null while nobody took its place.</param>
sealed record Reign(PublicKey Key, DateTimeOffset? Since, DateTimeOffset? Until);
