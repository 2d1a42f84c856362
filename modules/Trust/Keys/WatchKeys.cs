using System.Globalization;
using Loa.Contracts.Notices;
using Loa.Kernel;
using Loa.Trust.Data;
using Loa.Trust.Delegations;
using Loa.Trust.Roots;
using Microsoft.Extensions.DependencyInjection;

namespace Loa.Trust.Keys;

/// <summary>
/// Tells the holder of a key that it ends soon, and that it has ended, unless another of his does the same. What is told names the
/// moment by the key alone, so that telling it again after a start is telling it once.
/// </summary>
sealed class WatchKeys(
    IServiceScopeFactory scopes,
    ProvinceRoots roots,
    TimeProvider clock,
    BackgroundWork<WatchKeys> work
) : LeaderLoop<WatchKeys>("trust.watch-keys", work)
{
    /// <summary>So long before its end another may be asked for.</summary>
    public static readonly TimeSpan EndsSoon = TimeSpan.FromDays(30);

    static readonly TimeSpan Often = TimeSpan.FromMinutes(10);

    // What ended longer ago is nobody's news.
    static readonly TimeSpan IsNews = TimeSpan.FromDays(7);

    readonly HashSet<(Guid, string)> told = [];

    protected override Task Loop(CancellationToken stop) =>
        Work.Every(Often, cancel => Tell(clock.Moment(), cancel), stop, atStart: true);

    internal async Task Tell(DateTimeOffset now, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TrustDb>();
        var delegations = scope.ServiceProvider.GetRequiredService<DelegationCases>();
        var granted = await delegations.Load(
            delegations.Rows.Where(c => c.State == DelegationProcedure.Granted),
            cancel
        );
        NoticeRaised[] news =
        [
            .. granted
                .Where(d => d.OfficerId is not null && !d.IsGivenUp)
                .GroupBy(d => d.OfficerId)
                .SelectMany(his => Of([.. his], now))
                .Where(n => !told.Contains((n.About, n.Kind))),
        ];
        foreach (var one in news)
            db.Announce(one);
        await db.SaveChangesAsync(cancel);
        told.UnionWith(news.Select(n => (n.About, n.Kind)));
    }

    IEnumerable<NoticeRaised> Of(DelegationCase[] his, DateTimeOffset now)
    {
        foreach (var key in his)
        {
            var ends = key.Document.Expires;
            if (ends - now > EndsSoon || now - ends > IsNews || key.SignedBy(roots.Today) is null)
                continue;
            if (Array.Find(his, other => Replaces(other, key, now)) is { } next)
                yield return Of(key, NoticeRaised.Settled, next.Document.NotBefore);
            else
                yield return now < ends
                    ? Of(key, DelegationNotices.Expiring, ends - EndsSoon)
                    : Of(key, DelegationNotices.Expired, ends);
        }
    }

    bool Replaces(DelegationCase other, DelegationCase key, DateTimeOffset now) =>
        other.Document.Expires > key.Document.Expires
        && other.StandingAt(now, roots.Today) == DelegationStanding.InForce
        && key.Document.Kinds.All(other.Document.Kinds.Contains)
        && key.Document.Units.All(other.Document.Units.Contains);

    static NoticeRaised Of(DelegationCase key, string kind, DateTimeOffset at) =>
        new(kind, key.Id, key.Document.Units[0], "/keys", key.Document.Name, at)
        {
            OnlyFor = key.OfficerId,
            Detail = VietnamTime.DayOf(key.Document.Expires).ToString("dd/MM/yyyy", CultureInfo.InvariantCulture),
        };
}
