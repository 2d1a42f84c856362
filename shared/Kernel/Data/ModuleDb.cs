using System.Text.Json;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Loa.Kernel;

/// <summary>One module's database: a schema in PostgreSQL, a file in SQLite. State and its announcement are saved together.</summary>
public abstract class ModuleDb(DbContextOptions options) : DbContext(options)
{
    // So often all at once; whoever has clashed then waits for his turn.
    const int AtOnce = 2;

    readonly HashSet<LiveTopic> changed = [];
    bool announced;

    public DbSet<Announcement> Announcements => Set<Announcement>();

    /// <summary>Says to the other modules what happened; they hear it at least once, after this save is committed.</summary>
    public void Announce<TNews>(TNews news)
        where TNews : notnull
    {
        announced = true;
        var clock = this.GetService<TimeProvider>();
        Add(
            new Announcement
            {
                Key = Guid.CreateVersion7(),
                Type = NewsName.Of<TNews>(),
                Body = JsonSerializer.Serialize(news),
                At = clock.Moment(),
                Trace = RequestTrace.Mark,
            }
        );
    }

    /// <summary>Open pages that show this thing ask for it, once this save is committed.</summary>
    public void Shows(string kind, Guid id) => changed.Add(new(kind, id));

    /// <summary>
    /// Reads, decides and writes as if alone: everything is saved, or nothing. A clash with somebody else, or a database that
    /// dies before the commit, starts it anew, so the work must not touch anything outside this database.
    /// </summary>
    public async Task<TResult> Atomically<TResult>(Func<Task<TResult>> work, CancellationToken cancel = default)
    {
        if (Database.CurrentTransaction is not null)
            return await work();
        var turns = WriteTurns.Of(Database.GetConnectionString()!);
        for (var attempt = 1; ; attempt++)
        {
            // Of a commit that broke nobody knows whether it was taken.
            var committing = false;
            try
            {
                ChangeTracker.Clear();
                announced = false;
                changed.Clear();
                using var turn =
                    Database.IsSqlite() || attempt > AtOnce ? await turns.Take(cancel) : await turns.Share(cancel);
                await using var transaction = await Database.BeginTransactionAsync(
                    System.Data.IsolationLevel.Serializable,
                    cancel
                );
                var result = await work();
                await SaveChangesAsync(cancel);
                committing = true;
                await transaction.CommitAsync(cancel);
                Ring();
                return result;
            }
            catch (Exception e) when (attempt < 10 && Clash.Is(e)) { }
            catch (Exception e) when (attempt < 3 && !committing && Outage.IsBrokenLine(e)) { }
        }
    }

    /// <summary>Reads as of one moment, however long it takes; holds up nobody who writes.</summary>
    public async Task<TResult> AsOfNow<TResult>(Func<Task<TResult>> read, CancellationToken cancel)
    {
        if (Database.CurrentTransaction is not null)
            return await read();
        await Database.OpenConnectionAsync(cancel);
        try
        {
            await using var transaction = Database.GetDbConnection() is SqliteConnection file
                // Not the default, which waits for its turn to write.
                ? await Database.UseTransactionAsync(file.BeginTransaction(deferred: true), cancel)
                : await Database.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancel);
            return await read();
        }
        finally
        {
            await Database.CloseConnectionAsync();
        }
    }

    public Task Atomically(Func<Task> work, CancellationToken cancel = default) =>
        Atomically(
            async () =>
            {
                await work();
                return true;
            },
            cancel
        );

    public override async Task<int> SaveChangesAsync(
        bool acceptAllChangesOnSuccess,
        CancellationToken cancellationToken = default
    )
    {
        var count = await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
        if (Database.CurrentTransaction is null)
            Ring();
        return count;
    }

    void Ring()
    {
        if (announced)
            this.GetService<OutboxBell>().Ring(GetType());
        announced = false;
        if (changed.Count == 0)
            return;
        var bells = this.GetService<LiveBells>();
        foreach (var (kind, id) in changed)
            bells.Ring(kind, id);
        changed.Clear();
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Announcement>().ToTable("Announcements").HasKey(a => a.Id);
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        // SQLite cannot compare DateTimeOffset; UTC ticks it can.
        if (Database.IsSqlite())
            configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcTicks>();
        else
            configurationBuilder.Properties<DateTimeOffset>().HaveConversion<Utc>();
    }

    sealed class UtcTicks()
        : ValueConverter<DateTimeOffset, long>(t => t.UtcTicks, t => new DateTimeOffset(t, TimeSpan.Zero));

    sealed class Utc() : ValueConverter<DateTimeOffset, DateTimeOffset>(t => t.ToUniversalTime(), t => t);
}

/// <summary>Something happened in a module and the others are to hear of it: a row of the outbox.</summary>
public sealed class Announcement
{
    public long Id { get; private init; }
    public required Guid Key { get; init; }

    /// <summary>The contract's event name.</summary>
    public required string Type { get; init; }
    public required string Body { get; init; }
    public required DateTimeOffset At { get; init; }
    public DateTimeOffset? DoneAt { get; set; }
    public int Attempts { get; set; }
    public DateTimeOffset? NextAt { get; set; }
    public string? Failure { get; set; }

    /// <summary>Where the request stood that made it happen (W3C traceparent); null when nobody asked for it.</summary>
    public string? Trace { get; init; }
}
