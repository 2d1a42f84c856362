using Loa.Contracts.Retention;
using Loa.Newsroom.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Loa.Newsroom.Voices;

/// <summary>The sounds that went over the air or may: what was approved and heard is always kept.</summary>
sealed class KeptSounds(IServiceScopeFactory scopes) : IKeptKind
{
    public string Name => "sounds";

    public RetentionRule Usual => RetentionRule.Forever;

    public IReadOnlyList<OldAge> Ages => [];

    public int LeastDays => 0;

    public async Task<KindSize> Measure(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var kept = scope.ServiceProvider.GetRequiredService<NewsroomDb>().Renderings.Where(r => r.Kept);
        return new(await kept.LongCountAsync(cancel), await kept.SumAsync(r => r.Length, cancel), InFiles: true);
    }

    public Task<long> Due(OldAge then, DateTimeOffset before, CancellationToken cancel) => Task.FromResult(0L);

    public IAsyncEnumerable<int> Age(OldAge then, DateTimeOffset before, CancellationToken cancel) =>
        AsyncEnumerable.Empty<int>();
}
