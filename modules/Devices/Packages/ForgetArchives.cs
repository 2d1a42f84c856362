using Loa.Devices.Data;
using Loa.Kernel;
using Loa.Papers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Loa.Devices.Packages;

/// <summary>
/// Throws away the archive of a withdrawn package that no other package holds: as it is withdrawn, and each hour for what a
/// server that was killed in between left lying.
/// </summary>
sealed class ForgetArchives(
    IServiceScopeFactory scopes,
    PaperStore papers,
    PackageBudget budget,
    BackgroundWork<ForgetArchives> work
) : LeaderLoop<ForgetArchives>("devices.forget-archives", work)
{
    protected override Task Loop(CancellationToken stop) => Work.Every(TimeSpan.FromHours(1), All, stop, atStart: true);

    public Task All(CancellationToken cancel) => Forget(null, cancel);

    public Task One(string digest, CancellationToken cancel) => Forget(digest, cancel);

    async Task Forget(string? only, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var packages = scope.ServiceProvider.GetRequiredService<DevicesDb>().Packages.AsNoTracking();
        using var turn = await budget.Turn(cancel);
        var withdrawn = await packages
            .Where(p => p.State == PackageProcedure.Withdrawn && (only == null || p.Digest == only))
            .Where(p => !packages.Any(o => o.Digest == p.Digest && o.State != PackageProcedure.Withdrawn))
            .Select(p => p.Digest)
            .Distinct()
            .ToListAsync(cancel);
        foreach (var digest in withdrawn.Where(papers.Has))
            papers.Discard(digest);
    }
}
