using System.Text;
using Loa.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Loa.Cases;

public sealed class CaseSearchTests : IAsyncLifetime
{
    static readonly Guid Here = Guid.CreateVersion7();
    static readonly Guid There = Guid.CreateVersion7();
    static readonly Reach Everywhere = new(true, [], []);
    static readonly string[] Both = ["one", "two-b"];

    SampleLedger ledger = null!;

    public async ValueTask InitializeAsync() => ledger = await SampleLedger.Empty();

    public ValueTask DisposeAsync() => ledger.DisposeAsync();

    [Fact]
    public async Task Every_word_is_found_by_its_beginning_one_of_two_letters_too()
    {
        var meeting = await Open("Họp xã Lộc Tấn lúc 12.30");
        var petrol = await Open("Xăng dầu (BP-0042)");

        Assert.Equal([petrol, meeting], await Found("xa"));
        Assert.Equal([meeting], await Found("XÃ h"));
        Assert.Equal([meeting], await Found("tấn 12.30"));
        Assert.Equal([petrol], await Found("0042"));
        Assert.Equal([petrol], await Found("bp-0042"));
        Assert.Empty(await Found("xa khong"));
        Assert.Empty(await Found("..."));
        Assert.Empty(await Found("\" OR title:* '"));
    }

    [Fact]
    public async Task Any_letter_of_any_script_may_be_asked_for()
    {
        var letters = Enumerable
            .Range(0x80, 0x1_FF80)
            .Where(Rune.IsValid)
            .Select(value => new Rune(value))
            .Where(Rune.IsLetterOrDigit);
        foreach (var some in letters.Chunk(40))
            Assert.Empty(await Found($"a{string.Join("a", some)}"));
        Assert.Empty(await Found("a", ["one two\" OR *"]));
    }

    [Fact]
    public async Task The_last_moved_comes_first_and_what_it_said_before_is_found_no_more()
    {
        var first = await Open("Tin một");
        var second = await Open("Tin hai");
        Assert.Equal([second, first], await Found("tin"));

        await Move(first, "edit", "Tin ba");

        Assert.Equal([first, second], await Found("tin"));
        Assert.Empty(await Found("mot"));
        Assert.Equal([first], await Found("ba"));
    }

    [Fact]
    public async Task It_is_narrowed_to_units_and_to_states()
    {
        var here = await Open("Tin ở đây", Here);
        var there = await Open("Tin ở kia", There);
        await Move(there, "close");

        Assert.Equal([here], await Found("tin", reach: new(false, [Here], [Here])));
        Assert.Equal([there], await Found("tin", states: ["two-b"]));
        Assert.Empty(await Found("tin", reach: new(false, [], [])));
        await ledger.With(async db =>
        {
            var counts = await new CaseSearch(db, SampleLedger.Note, "tin", Everywhere).Count(Both, default);
            Assert.Equal([1, 1], Both.Select(s => counts[s]));
        });
    }

    [Fact]
    public async Task No_more_are_counted_than_are_told_and_each_is_found_once()
    {
        const int many = CaseSearch.Most + 20;
        await ledger.With(async db =>
        {
            var batch = new CaseBatch(db);
            foreach (var i in Enumerable.Range(0, many))
            {
                var id = Guid.CreateVersion7();
                batch.Open(SampleLedger.Note, id, Here, "open", Titled($"Tin số {i}"), SampleLedger.Officer(Here), Now);
                if (i % 2 == 0)
                    batch.Move(id, "edit", Titled($"Tin sửa {i}"), SampleLedger.Officer(Here), Now);
            }
            await batch.Save(default);
        });

        await ledger.With(async db =>
        {
            var search = new CaseSearch(db, SampleLedger.Note, "tin", Everywhere);
            Assert.Equal(CaseSearch.Most + 1, (await search.Count(["one"], default))["one"]);
            Assert.Equal(many, (await search.Ids(Both, 0, int.MaxValue, default)).Distinct().Count());
            Assert.Equal(20, (await search.Ids(Both, CaseSearch.Most, 100, default)).Count);
        });
        Assert.Equal(many / 2, (await Found("sua")).Count);
    }

    [Fact]
    public async Task What_a_search_would_miss_is_a_fault_that_a_rebuild_mends()
    {
        var id = await Open("Tin mất chữ");
        Assert.Null((await ledger.Verify()).Fault);
        await ledger.With(db =>
            db.Database.ExecuteSqlRawAsync(
                db.Database.IsSqlite()
                    ? """DELETE FROM "CaseWords" WHERE rowid > 0"""
                    : """UPDATE "Cases" SET "Words" = NULL"""
            )
        );
        Assert.Empty(await Found("mat"));
        Assert.NotNull((await ledger.Verify()).Fault);

        await ledger.With(db => ledger.Services.GetRequiredService<Ledger>().Rebuild(db, default));

        Assert.Null((await ledger.Verify()).Fault);
        Assert.Equal([id], await Found("mat"));
    }

    static DateTimeOffset Now => new(2026, 3, 1, 1, 0, 0, TimeSpan.Zero);

    static Deed Titled(string title) => new(new() { ["title"] = title });

    async Task<Guid> Open(string title, Guid? unit = null)
    {
        var id = Guid.CreateVersion7();
        await ledger.With(db =>
            db.Open(
                SampleLedger.Note,
                id,
                unit ?? Here,
                "open",
                Titled(title),
                SampleLedger.Officer(Here),
                Now,
                default
            )
        );
        return id;
    }

    Task Move(Guid id, string move, string? title = null) =>
        ledger.With(db =>
            db.Move(
                SampleLedger.Note,
                id,
                move,
                title is null ? new() : Titled(title),
                SampleLedger.Officer(Here),
                Now.AddMinutes(1),
                default
            )
        );

    async Task<IReadOnlyList<Guid>> Found(string text, string[]? states = null, Reach? reach = null)
    {
        IReadOnlyList<Guid> found = [];
        await ledger.With(async db =>
            found = await new CaseSearch(db, SampleLedger.Note, text, reach ?? Everywhere).Ids(
                states ?? Both,
                0,
                10_000,
                default
            )
        );
        return found;
    }
}
