using Loa.Kernel;
using Loa.Notices.Data;
using Loa.Notices.Raised;
using Loa.People;
using Loa.Trust.Delegations;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Loa.Trust.Keys;

/// <summary>
/// The holder of a key learns in time that it ends, once, and nothing of it when he has another. On a server of its own: it looks at
/// all keys as of other days.
/// </summary>
public sealed class WatchKeysTests : IAsyncLifetime
{
    readonly RunningServer server = new();

    public ValueTask InitializeAsync() => server.InitializeAsync();

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Fact]
    public async Task Its_holder_learns_that_a_key_ends_soon_and_that_it_has_ended_each_once()
    {
        var officer = await SomeOfficer.New(server, "approver");
        var (_, id) = await officer.Client.Delegated(server);
        var ends = await Ends(id);
        await Look(ends - WatchKeys.EndsSoon - TimeSpan.FromDays(1));
        await Look(ends - TimeSpan.FromDays(20));
        await Look(ends - TimeSpan.FromDays(10));
        await Comes(id, "key-expiring");
        await Look(ends + TimeSpan.FromMinutes(1));
        await Look(ends + TimeSpan.FromMinutes(11));
        await Comes(id, "key-expired");

        var told = await Told(id);
        Assert.Equal(["key-expired", "key-expiring"], told.Select(n => n.Kind).Order());
        Assert.All(told, n => Assert.Equal((officer.Id, "/keys"), (n.OnlyFor, n.Link)));
        // The one that waits is the last.
        Assert.Equal(["key-expired"], told.Where(n => n.EndedAt is null).Select(n => n.Kind));
    }

    [Fact]
    public async Task Who_has_another_for_the_same_is_told_nothing_and_waits_no_more()
    {
        var officer = await SomeOfficer.New(server, "approver");
        var (_, first) = await officer.Client.Delegated(server);
        var (_, second) = await officer.Client.Delegated(server);
        var ends = await Ends(second);
        Assert.True(await Ends(first) < ends);
        await Look(ends - TimeSpan.FromDays(10));
        await Comes(second, "key-expiring");
        Assert.DoesNotContain(await Told(first), n => n.Kind == "key-expiring");
    }

    Task Look(DateTimeOffset at) => server.Services.GetRequiredService<WatchKeys>().Tell(at, CancellationToken.None);

    Task<DateTimeOffset> Ends(Guid id) =>
        server.With<DelegationCases, DateTimeOffset>(async found =>
            (await found.Get(id, CancellationToken.None)).Document.Expires
        );

    Task<List<Notice>> Told(Guid id) =>
        server.With<NoticesDb, List<Notice>>(db =>
            db.Notices.AsNoTracking().Where(n => n.About == id && n.Kind.StartsWith("key-expir")).ToListAsync()
        );

    Task Comes(Guid id, string kind) =>
        RunningServer.Until(async () => (await Told(id)).Any(n => n.Kind == kind), kind);
}
