using Loa.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Loa.Cases;

[AnyEngine]
public sealed class MovesTests : IAsyncLifetime
{
    static readonly Guid Unit = Guid.CreateVersion7();
    static readonly DateTimeOffset Now = new(2026, 3, 2, 1, 0, 0, TimeSpan.Zero);
    static readonly ActingOfficer An = new(Guid.CreateVersion7(), Guid.CreateVersion7(), "An", Unit);
    static readonly ActingOfficer Binh = new(Guid.CreateVersion7(), Guid.CreateVersion7(), "Bình", Unit);

    static readonly Procedure Paper = new(
        "paper",
        1,
        "title",
        [new("title", FieldKind.Text, 40)],
        [
            new("write", [], "draft") { Sets = ["title"], Holder = "papers.write" },
            new("edit", ["draft"], null) { Sets = ["title"], Right = "papers.write" },
            new("submit", ["draft"], "submitted")
            {
                Right = "papers.write",
                Holder = "papers.approve",
                Due = TimeSpan.FromDays(2),
                Effect = Announce,
            },
            new("look", ["submitted"], null) { Right = "papers.approve" },
            new("approve", ["submitted"], "approved") { Right = "papers.approve", NotByMakersOf = ["write", "edit"] },
        ]
    );

    readonly string folder = Directory.CreateTempSubdirectory("loa-moves-").FullName;
    readonly Guid id = Guid.CreateVersion7();
    ServiceProvider services = null!;

    [Fact]
    public async Task A_case_knows_who_has_it_and_until_when()
    {
        var submitted = await Do("submit", An);
        var looked = await Do("look", Binh, Now.AddHours(5));
        var approved = await Do("approve", Binh);

        Assert.Equal(("papers.approve", Now.AddDays(2)), (submitted.Holder, submitted.DueAt));
        // Who looks moves no deadline.
        Assert.Equal(Now.AddDays(2), looked.DueAt);
        Assert.Equal((null, null), (approved.Holder, approved.DueAt));
        await With(async db => Assert.Null((await services.GetRequiredService<Ledger>().Verify(db, default)).Fault));
    }

    [Fact]
    public void States_that_two_moves_would_give_to_different_holders_stop_the_start() =>
        Assert.Throws<ArgumentException>(() =>
            new Procedure(
                "p",
                1,
                "t",
                [],
                [new("a", [], "x") { Holder = "one" }, new("b", ["x"], "x") { Holder = "two" }]
            )
        );

    [Fact]
    public async Task What_a_move_announces_is_stored_with_it_or_not_at_all()
    {
        await With(async db =>
            await Assert.ThrowsAsync<InvalidOperationException>(() =>
                db.Atomically(async () =>
                {
                    await db.Move(Paper, id, "submit", new(), An, Now, default);
                    throw new InvalidOperationException("the lights went out");
                })
            )
        );
        Assert.Equal(0, await Announced());

        await Do("submit", An);
        Assert.Equal(1, await Announced());
    }

    [Fact]
    public async Task Of_two_who_move_from_the_same_reading_the_second_is_told_what_happened()
    {
        await With(async db =>
        {
            var read = (await db.Find(Paper, id, default))!;
            await Do("submit", An);

            var refused = await Assert.ThrowsAsync<RefusedException>(() =>
                db.Move(read, "edit", new(new() { ["title"] = "khác" }), Binh, Now, default)
            );

            Assert.Equal("case.moved", refused.Code);
            Assert.Contains("An", refused.Args);
            Assert.Equal(2, (await db.Find(Paper, id, default))!.Seq);
        });
    }

    [Fact]
    public async Task Who_wrote_it_does_not_approve_it_however_long_ago()
    {
        for (var i = 0; i < 60; i++)
            await Do("edit", Binh, patch: $"lần {i}");
        await Do("submit", An);

        Assert.Equal("case.not-by-the-same-person", (await Refused("approve", An)).Code);
        Assert.Equal("case.not-by-the-same-person", (await Refused("approve", Binh)).Code);
        Assert.Equal("approved", (await Do("approve", An with { OfficerId = Guid.CreateVersion7() })).State);
    }

    [Fact]
    public async Task Of_a_long_case_the_latest_acts_are_shown_and_all_are_counted()
    {
        for (var i = 0; i < 60; i++)
            await Do("edit", Binh, patch: $"lần {i}");

        await With(async db =>
        {
            var latest = await db.LatestActs((await db.Find(Paper, id, default))!, default);

            Assert.Equal((61, LatestActs.Shown), (latest.All, latest.Acts.Count));
            Assert.Equal(("edit", "Bình"), (latest.Last.Move, latest.Last.By));
        });
    }

    [Fact]
    public async Task Many_at_once_move_as_one_by_one_and_take_effect_too()
    {
        await With(db =>
            db.Atomically(async () =>
            {
                var batch = new CaseBatch(db);
                await batch.Take(Paper, [id], default);
                batch.Move(id, "submit", new(), An, Now);
                await batch.Save(default);
            })
        );

        Assert.Equal(1, await Announced());
        await With(async db => Assert.Equal("submitted", (await db.Find(Paper, id, default))!.State));
        await With(async db => Assert.Null((await services.GetRequiredService<Ledger>().Verify(db, default)).Fault));
    }

    static Task Announce(CaseDb db, Case after, Act act, CancellationToken cancel)
    {
        db.Announce(new PaperSubmitted(after.Id, act.By));
        return Task.CompletedTask;
    }

    async Task<Case> Do(string move, Actor actor, DateTimeOffset? at = null, string? patch = null)
    {
        Case? moved = null;
        var deed = patch is null ? new Deed() : new Deed(new() { ["title"] = patch });
        await With(async db => moved = await db.Move(Paper, id, move, deed, actor, at ?? Now, default));
        return moved!;
    }

    Task<RefusedException> Refused(string move, Actor actor) =>
        Assert.ThrowsAsync<RefusedException>(() => Do(move, actor));

    async Task<int> Announced()
    {
        var count = 0;
        await With(async db => count = await db.Announcements.CountAsync());
        return count;
    }

    async Task With(Func<SampleDb, Task> work)
    {
        await using var scope = services.CreateAsyncScope();
        await work(scope.ServiceProvider.GetRequiredService<SampleDb>());
    }

    public async ValueTask InitializeAsync()
    {
        var collection = new ServiceCollection().AddLogging();
        collection.AddKernel(new Storage { Folder = folder });
        collection.AddCases().AddModuleDb<SampleDb>("sample").AddSingleton(Paper);
        services = collection.BuildServiceProvider();
        await services.Migrate(default);
        await With(db => db.Open(Paper, id, Unit, "write", new(new() { ["title"] = "Tờ trình" }), An, Now, default));
    }

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }

    [Loa.Contracts.EventName("paper-submitted")]
    sealed record PaperSubmitted(Guid Id, string By);
}
