using System.Threading.Channels;
using Loa.Contracts;
using Loa.Contracts.Retention;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Loa.Kernel;

public sealed class OutboxTests : IAsyncLifetime
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    readonly string folder = Directory.CreateTempSubdirectory("loa-outbox-").FullName;
    readonly Told told = new();
    ServiceProvider services = null!;

    public async ValueTask InitializeAsync()
    {
        var collection = new ServiceCollection().AddLogging();
        collection.AddKernel(new Storage { Folder = folder });
        collection.AddModuleDb<SampleDb>("sample");
        collection.AddSingleton(told);
        collection.AddReceiver<Together, Order>();
        collection.AddReceiver<Alone, Note>();
        services = collection.BuildServiceProvider();
        await services.Migrate(CancellationToken.None);
    }

    [Fact]
    public async Task What_waits_is_heard_at_once_by_who_can_and_in_order_by_who_cannot()
    {
        await Announce(new Order(1), new Order(2), new Note(3), new Note(4), new Order(5));
        await Start();
        Assert.Equal("1+2", await Next());
        Assert.Equal("3", await Next());
        Assert.Equal("4", await Next());
        Assert.Equal("5", await Next());

        // What is told later proves that what was told before is written down.
        await Announce(new Order(6));
        Assert.Equal("6", await Next());
        Assert.InRange(await Db(db => db.Announcements.CountAsync(a => a.DoneAt != null)), 5, 6);
    }

    [Fact]
    public async Task Who_fails_together_is_told_alone_and_one_that_fails_again_holds_up_nobody()
    {
        await Announce(new Order(1), new Order(Together.Wrong), new Order(3));
        await Start();
        Assert.Equal("1", await Next());
        Assert.Equal("3", await Next());
        await Announce(new Order(4));
        Assert.Equal("4", await Next());
        var first = await Db(db => db.Announcements.AsNoTracking().OrderBy(a => a.Id).Take(3).ToListAsync());
        Assert.Equal([true, false, true], first.Select(a => a.DoneAt is not null));
        Assert.Equal("Together: wrong", first[1].Failure);
        Assert.InRange(first[1].Attempts, 1, 10);
        Assert.NotNull(first[1].NextAt);
    }

    [Fact]
    public async Task What_everybody_heard_goes_after_a_week_and_what_waits_stays()
    {
        await Announce(new Order(1), new Order(2), new Note(3));
        await Db(async db =>
        {
            var all = await db.Announcements.OrderBy(a => a.Id).ToListAsync();
            all[0].DoneAt = TimeProvider.System.GetUtcNow().AddDays(-8);
            all[1].DoneAt = TimeProvider.System.GetUtcNow().AddDays(-6);
            return await db.SaveChangesAsync();
        });
        var news = services.GetServices<IKeptKind>().Single(k => k.Name == "news");
        var weekAgo = TimeProvider.System.GetUtcNow().AddDays(-news.Usual.Days);
        Assert.Equal(1, await news.Due(OldAge.Delete, weekAgo, CancellationToken.None));

        Assert.Equal(1, await news.Age(OldAge.Delete, weekAgo, CancellationToken.None).SumAsync());

        var left = await Db(db => db.Announcements.OrderBy(a => a.Id).Select(a => a.DoneAt != null).ToListAsync());
        Assert.Equal([true, false], left);
    }

    [Fact]
    public async Task What_waits_under_an_older_name_is_heard_and_the_name_of_a_type_is_none()
    {
        await Announce(new Order(1));
        Assert.Equal("order-given", (await Db(db => db.Announcements.AsNoTracking().SingleAsync())).Type);
        await Db(db => db.Announcements.ExecuteUpdateAsync(set => set.SetProperty(a => a.Type, "old.Order")));
        await Start();
        Assert.Equal("1", await Next());
        await Db(db => Task.FromResult(Assert.Throws<InvalidOperationException>(() => db.Announce(new Nameless()))));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var outbox in services.GetServices<IHostedService>())
            await outbox.StopAsync(CancellationToken.None);
        await services.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }

    async Task Start()
    {
        foreach (var outbox in services.GetServices<IHostedService>())
            await outbox.StartAsync(CancellationToken.None);
    }

    Task Announce(params object[] news) =>
        Db(db =>
            db.Atomically(async () =>
            {
                foreach (var one in news)
                {
                    if (one is Order order)
                        db.Announce(order);
                    else
                        db.Announce((Note)one);
                    // One row after another, so that their numbers are in this order.
                    await db.SaveChangesAsync();
                }
                return true;
            })
        );

    Task<string> Next() => told.Lines.Reader.ReadAsync().AsTask().WaitAsync(Patience);

    async Task<TResult> Db<TResult>(Func<SampleDb, Task<TResult>> work)
    {
        await using var scope = services.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<SampleDb>());
    }

    [EventName("order-given", Formerly = "old.Order")]
    sealed record Order(int Number);

    [EventName("note-taken")]
    sealed record Note(int Number);

    sealed record Nameless;

    sealed class Told
    {
        public Channel<string> Lines { get; } = Channel.CreateUnbounded<string>();

        public void Add(params IEnumerable<int> numbers) => Lines.Writer.TryWrite(string.Join('+', numbers));
    }

    sealed class Together(Told told) : IHearTogether<Order>
    {
        public const int Wrong = 13;

        public Task Hear(Order news, Guid key, CancellationToken cancel) => Hear([news], cancel);

        public Task Hear(IReadOnlyList<Order> news, CancellationToken cancel)
        {
            if (news.Any(n => n.Number == Wrong))
                throw new InvalidOperationException("wrong");
            told.Add(news.Select(n => n.Number));
            return Task.CompletedTask;
        }
    }

    sealed class Alone(Told told) : IHear<Note>
    {
        public Task Hear(Note news, Guid key, CancellationToken cancel)
        {
            told.Add([news.Number]);
            return Task.CompletedTask;
        }
    }

    sealed class SampleDb(DbContextOptions<SampleDb> options) : ModuleDb(options);
}
