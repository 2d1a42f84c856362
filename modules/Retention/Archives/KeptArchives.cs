using Loa.Contracts.Retention;
using Loa.Retention.Data;
using Microsoft.Extensions.DependencyInjection;

namespace Loa.Retention.Archives;

/// <summary>The archives themselves take room too, and are kept for ever: the ledger names them.</summary>
sealed class KeptArchives(IServiceScopeFactory scopes) : IKeptKind
{
    public string Name => "archives";

    public RetentionRule Usual => RetentionRule.Forever;

    public IReadOnlyList<OldAge> Ages => [];

    public int LeastDays => 0;

    public async Task<KindSize> Measure(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var all = await scope.ServiceProvider.GetRequiredService<RetentionDb>().Archives(null, cancel);
        return new(all.Count, all.Sum(a => a.Bytes), InFiles: true);
    }

    public Task<long> Due(OldAge then, DateTimeOffset before, CancellationToken cancel) => Task.FromResult(0L);

    public IAsyncEnumerable<int> Age(OldAge then, DateTimeOffset before, CancellationToken cancel) =>
        AsyncEnumerable.Empty<int>();
}
