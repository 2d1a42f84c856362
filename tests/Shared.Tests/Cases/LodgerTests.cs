using Loa.Contracts;
using Loa.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Loa.Cases;

/// <summary>A module that lodges in the database of another: two contexts, one ledger.</summary>
[AnyEngine]
public sealed class LodgerTests
{
    [Fact]
    public async Task What_both_do_at_once_stands_in_one_whole_ledger()
    {
        await using var ledger = await SampleLedger.Empty(with => with.AddLodger<LodgerDb>("sample"));
        var first = await ledger.OpenCase();

        var cases = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(n => n % 2 == 0 ? ledger.OpenCase() : Open(ledger.Services))
        );
        await ledger.Seal();
        var report = await ledger.Verify();

        Assert.Null(report.Fault);
        Assert.Equal((21, 21, 0), (report.Cases, report.Acts, report.Heads.After));
        // Each sees what the other did.
        await using var scope = ledger.Services.CreateAsyncScope();
        Assert.Equal(
            cases.Append(first).Order(),
            await scope.ServiceProvider.GetRequiredService<LodgerDb>().Cases.Select(c => c.Id).Order().ToListAsync()
        );
    }

    [Fact]
    public async Task What_the_lodger_announces_wakes_the_hosts_outbox()
    {
        await using var ledger = await SampleLedger.Empty(with => with.AddLodger<LodgerDb>("sample"));
        var woken = ledger
            .Services.GetRequiredService<OutboxBell>()
            .Wait(typeof(SampleDb), Timeout.InfiniteTimeSpan, default);

        await using var scope = ledger.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<LodgerDb>();
        db.Announce(new Lodged("Tin"));
        await db.SaveChangesAsync();

        await woken.WaitAsync(TimeSpan.FromSeconds(30));
        await ledger.With(async host => Assert.Equal("sample-lodged", (await host.Announcements.SingleAsync()).Type));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_a_lodger_stores_in_the_midst_of_its_host_stays_or_goes_with_it(bool kept)
    {
        await using var ledger = await SampleLedger.Empty(with => with.AddLodger<LodgerDb>("sample"));
        await ledger.OpenCase();
        var lodgings = ledger.Services.GetRequiredService<Lodgings>();

        var stored = ledger.With(host =>
            host.Atomically(async () =>
            {
                host.Announce(new Lodged("Của chủ nhà"));
                await using var lodger = lodgings.In<LodgerDb>(host);
                lodger.Announce(new Lodged("Của người ở nhờ"));
                await lodger.SaveChangesAsync();
                // It sees what its host has not committed, for it stands in the same transaction.
                await host.SaveChangesAsync();
                Assert.Equal(2, await lodger.Announcements.CountAsync());
                if (!kept)
                    throw new IOException("killed");
            })
        );
        if (kept)
            await stored;
        else
            await Assert.ThrowsAsync<IOException>(() => stored);

        await ledger.With(async host => Assert.Equal(kept ? 2 : 0, await host.Announcements.CountAsync()));
    }

    [Fact]
    public async Task The_hosts_migration_brings_the_lodgers_tables_too()
    {
        var folder = Directory.CreateTempSubdirectory("loa-lodger-").FullName;
        var collection = new ServiceCollection().AddLogging();
        collection.AddKernel(new Storage { Folder = folder });
        // The host has no cases; those of its lodger are made by the scripts of the lodger's base.
        collection.AddModuleDb<PlainDb>("sample").AddLodger<LodgerDb>("sample");
        await using (var services = collection.BuildServiceProvider())
        {
            await services.Migrate(default);
            await services.Migrate(default);
            await using var scope = services.CreateAsyncScope();

            Assert.Empty(await scope.ServiceProvider.GetRequiredService<LodgerDb>().Acts.ToListAsync());
        }
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }

    static async Task<Guid> Open(IServiceProvider services)
    {
        var id = Guid.CreateVersion7();
        await using var scope = services.CreateAsyncScope();
        await scope
            .ServiceProvider.GetRequiredService<LodgerDb>()
            .Open(
                SampleLedger.Note,
                id,
                id,
                "open",
                new(new() { ["title"] = "Của người ở nhờ" }),
                SampleLedger.Officer(id),
                DateTimeOffset.UnixEpoch,
                default
            );
        return id;
    }

    [EventName("sample-lodged")]
    sealed record Lodged(string Text);

    sealed class LodgerDb(DbContextOptions<LodgerDb> options) : CaseDb(options);

    sealed class PlainDb(DbContextOptions<PlainDb> options) : ModuleDb(options);
}
