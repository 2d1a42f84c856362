using System.Runtime.CompilerServices;
using Loa.Contracts.Retention;
using Loa.Newsroom.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Loa.Newsroom.Voices;

/// <summary>What was only listened to.</summary>
sealed class KeptPreviews(IServiceScopeFactory scopes, ForgetPreviews previews) : IKeptKind
{
    public string Name => "previews";

    public RetentionRule Usual => new(OldAge.Delete, 7);

    public IReadOnlyList<OldAge> Ages => [OldAge.Delete];

    public int LeastDays => 1;

    public async Task<KindSize> Measure(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var heard = scope.ServiceProvider.GetRequiredService<NewsroomDb>().Renderings.Where(r => !r.Kept);
        return new(await heard.LongCountAsync(cancel), await heard.SumAsync(r => r.Bytes, cancel), InFiles: true);
    }

    public async Task<long> Due(OldAge then, DateTimeOffset before, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<NewsroomDb>();
        return await db.Renderings.LongCountAsync(r => !r.Kept && r.At < before, cancel);
    }

    public async IAsyncEnumerable<int> Age(
        OldAge then,
        DateTimeOffset before,
        [EnumeratorCancellation] CancellationToken cancel
    )
    {
        for (var done = ForgetPreviews.Together; done == ForgetPreviews.Together; )
            yield return done = await previews.Old(before, cancel);
    }
}
