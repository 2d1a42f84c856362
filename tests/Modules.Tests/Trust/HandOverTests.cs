using System.Net;
using System.Net.Http.Json;
using Loa.Air;
using Loa.Cases;
using Loa.Contracts.People;
using Loa.Contracts.Trust;
using Loa.Jose;
using Loa.Kernel;
using Loa.People;
using Loa.People.Data;
using Loa.Trust.HandingOver;
using Loa.Trust.Roots;
using Microsoft.Extensions.DependencyInjection;

namespace Loa.Trust;

/// <summary>The province changes its root, on a server of its own: what comes of it, and who tries it that may not.</summary>
public sealed class HandOverTests : IAsyncLifetime
{
    readonly RunningServer server = new();
    readonly SigningKey next = SigningKey.Create();
    HttpClient administrator = null!;
    SigningKey root = null!;

    ITrust Trust => server.Services.GetRequiredService<ITrust>();

    public async ValueTask InitializeAsync()
    {
        await server.InitializeAsync();
        administrator = await server.SignedIn("tinh.quantri");
        root = server.DemoRoot();
    }

    public async ValueTask DisposeAsync()
    {
        administrator.Dispose();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task Whoever_could_sign_before_can_sign_after_and_the_old_root_s_word_counts_to_its_end()
    {
        using var leader = await server.SignedIn("binhphuoc.duyet");
        var (key, _) = await leader.Delegated(server);
        var (_, revoked) = await leader.Delegated(server);
        await administrator.PostAsJsonAsync($"/trust/{revoked}/revoke", new { reason = "mất máy" }).Json();
        var listBefore = Revoked(root).Version;

        await server.ChangeRoot(root, next);

        Assert.Equal(next.KeyId, Trust.Root!.KeyId);
        Assert.False(Trust.IsDemoRoot);
        var followed = new Chain(root.Public);
        Assert.True(followed.Follow(Assert.Single(Trust.RootChanges)).Ok);
        // One that was claimed before, and one that will never know the old root.
        foreach (var (chain, _) in new[] { (new Chain(root.Public), "old"), (new Chain(next.Public), "new") })
        {
            foreach (var proof in await Trust.DelegationsOf(key.KeyId, default))
                chain.Learn(proof);
            Assert.Equal(key.KeyId, Assert.Single(chain.Delegations).Document.Kid);
        }
        var signed = await Trust.Sign(Command.Type, new byte[1], default);
        Assert.Equal([next.KeyId, root.KeyId], signed.Delegations.Select(SignerOf));
        var list = Revoked(next);
        Assert.Equal(listBefore + 1, list.Version);
        Assert.Contains(revoked, list.Delegations);
        var page = await administrator.GetStringAsync("/trust/root");
        Assert.Contains(ClaimCheck.RootNumber(next.KeyId), page, StringComparison.Ordinal);
        Assert.Contains(ClaimCheck.RootNumber(root.KeyId), page, StringComparison.Ordinal);

        // By the next root alone from the old one's end on; nobody fell silent.
        server.Clock.Advance(TimeSpan.FromDays(1.1));
        Assert.Equal(next.KeyId, SignerOf(Assert.Single(await Trust.DelegationsOf(key.KeyId, default))));
        Assert.Equal(next.KeyId, SignerOf(Assert.Single(await Trust.ServerDelegations(default))));

        await server.Restart();
        Assert.Equal(next.KeyId, Trust.Root!.KeyId);
        await using var scope = server.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PeopleDb>();
        var report = await scope.ServiceProvider.GetRequiredService<Ledger>().Verify(db, [], default);
        Assert.Null(report.Fault);
    }

    [Fact]
    public async Task A_change_is_taken_once_and_never_back()
    {
        var draft = await administrator.Draft();
        var (signed, other) = (server.Signed(draft, root, next), SigningKey.Create());
        await administrator.Bring(signed, next).Json();

        // Again, to somebody else by the old root, and back by the new one.
        await administrator.Bring(signed, next).Refused("trust.root-changed");
        await administrator.Bring(server.Signed(draft, root, other), other).Refused("trust.root-changed");
        var back = server.Signed(await administrator.Draft(), next, root);
        await administrator.Bring(back, root).Refused("trust.root-changed");
        // The old one, which lies on this disk, signs here no more.
        using var leader = await server.SignedIn("binhphuoc.duyet");
        var asked = await (await leader.Ask(SigningKey.Create(), server)).Json(HttpStatusCode.Created);
        await leader
            .PostAsync($"/keys/{asked.GetProperty("id").GetGuid()}/demo-root", null)
            .Refused("keys.no-demo-root");

        var third = SigningKey.Create();
        await server.ChangeRoot(next, third);
        Assert.Equal(third.KeyId, Trust.Root!.KeyId);
        var chain = new Chain(root.Public);
        Assert.All(Trust.RootChanges, change => Assert.True(chain.Follow(change).Ok));
        Assert.Equal(third.KeyId, chain.Root.KeyId);
    }

    [Fact]
    public async Task Of_two_changes_at_once_one_holds()
    {
        var draft = await administrator.Draft();
        SigningKey[] keys = [next, SigningKey.Create()];
        var answers = await Task.WhenAll(keys.Select(key => administrator.Bring(server.Signed(draft, root, key), key)));

        Assert.Equal(
            [HttpStatusCode.OK, HttpStatusCode.Conflict],
            answers.Select(a => a.StatusCode).OrderBy(status => status)
        );
        var winner = keys[Array.FindIndex(answers, a => a.IsSuccessStatusCode)];
        Assert.Equal(winner.KeyId, Trust.Root!.KeyId);
        Assert.Single(Trust.RootChanges);
    }

    [Fact]
    public async Task Nobody_changes_it_but_the_keeper_with_an_administrator_of_the_whole_province()
    {
        var draft = await administrator.Draft();
        // With the server's own key, with any key, with the wrong number, from a commune.
        var thief = SigningKey.Load(Path.Combine(server.Folder, "keys", "server.pem"));
        await administrator.Bring(server.Signed(draft, thief, next), next).Refused("trust.not-by-root");
        await administrator.Bring(server.Signed(draft, SigningKey.Create(), next), next).Refused("trust.not-by-root");
        var good = server.Signed(draft, root, next);
        await administrator.Bring(good, SigningKey.Create()).Refused("trust.root-number");
        var commune = await SomeOfficer.In(server, RoleNames.Administrator, await server.UnitOf("loctan.bientap"));
        await commune.Client.Bring(good, next).Json(HttpStatusCode.Forbidden);
        using var refused = await commune.Client.GetAsync("/trust/root/draft");
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);

        // Nor by hand in the database.
        await server.With<PeopleDb, bool>(async db =>
        {
            var forged = new RootChange(1, next.KeyId, next.Public.Jwk, At(0), At(1)).Sign(thief);
            await db.Open(
                RootProcedure.Definition,
                RootProcedure.IdOf(root.KeyId),
                Guid.Empty,
                RootProcedure.HandOver,
                new(
                    new()
                    {
                        ["root"] = root.KeyId,
                        ["next_root"] = next.KeyId,
                        ["root_version"] = 1,
                        ["exp"] = At(1).ToUnixTimeMilliseconds(),
                    },
                    Signature: forged
                ),
                Actor.Server,
                server.Clock.Moment(),
                default
            );
            return true;
        });
        await server.Restart();
        Assert.Equal(root.KeyId, Trust.Root!.KeyId);
    }

    [Fact]
    public async Task What_would_silence_the_province_is_refused()
    {
        using var leader = await server.SignedIn("binhphuoc.duyet");
        var (_, id) = await leader.Delegated(server);
        await administrator.PostAsJsonAsync($"/trust/{id}/revoke", new { reason = "mất máy" }).Json();
        var draft = await administrator.Draft();

        await Bring(draft with { Delegations = [] }).Refused("trust.root-forgets-server");
        await Bring(draft with { Revocations = null }).Refused("trust.list-forgets");
        await Bring(draft with { Revocations = draft.Revocations! with { Delegations = [], Kids = [] } })
            .Refused("trust.list-forgets");
        var wider = draft.Delegations[0] with { Expires = draft.Delegations[0].Expires.AddDays(1) };
        await Bring(draft with { Delegations = [wider, .. draft.Delegations.Skip(1)] })
            .Refused("trust.more-than-asked");
        // The next root's key is in nobody's hands.
        var unproved = server.Signed(draft, root, next).Split('\n')[0];
        await administrator.Bring(unproved, next).Refused("trust.root-forgets-server");
        await administrator.Bring("abc", next).Refused("trust.unreadable");
        Assert.Equal(root.KeyId, Trust.Root!.KeyId);
        Assert.Empty(Trust.RootChanges);

        Task<HttpResponseMessage> Bring(HandOverDraft changed) =>
            administrator.Bring(server.Signed(changed, root, next), next);
    }

    DateTimeOffset At(int days) =>
        DateTimeOffset.FromUnixTimeMilliseconds(server.Clock.GetUtcNow().AddDays(days).ToUnixTimeMilliseconds());

    Revocations Revoked(SigningKey by)
    {
        var chain = new Chain(by.Public);
        return chain.Revoke(Trust.Revocations(default).AsTask().GetAwaiter().GetResult()).Document!;
    }

    static string SignerOf(string delegation) => Delegation.TryRead(delegation, out var read, out _) ? read.KeyId : "";
}
