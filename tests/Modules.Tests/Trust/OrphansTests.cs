using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Loa.Air;
using Loa.Cases;
using Loa.Contracts.Trust;
using Loa.Jose;
using Loa.Kernel;
using Loa.People;
using Loa.People.Data;
using Loa.People.Officers;
using Loa.Trust.Delegations;
using Loa.Trust.Revoking;
using Microsoft.Extensions.DependencyInjection;

namespace Loa.Trust;

/// <summary>Delegations whose holders are gone. A root that lies in a safe, a server that dies: each has a server of its own.</summary>
public sealed class OrphansTests
{
    [Fact]
    public async Task Of_a_dismissed_approver_the_revocation_is_drawn_up_and_waits_for_the_roots_keeper()
    {
        await using var server = new RunningServer();
        var root = SigningKey.Create();
        Directory.CreateDirectory(Path.Combine(server.Folder, "keys"));
        await File.WriteAllTextAsync(
            Path.Combine(server.Folder, "keys", "root.jwk"),
            JsonSerializer.Serialize(root.Public.Jwk)
        );
        await server.InitializeAsync();
        using var admin = await server.SignedIn("tinh.quantri");
        var officer = await SomeOfficer.New(server, "approver");
        var asked = await (await officer.Client.Ask(SigningKey.Create(), server)).Json(HttpStatusCode.Created);
        var id = asked.GetProperty("id").GetGuid();
        var jws = await server.With<DelegationCases, string>(async found =>
            (await found.Get(id, CancellationToken.None)).Document.Sign(root)
        );
        await admin.PostAsJsonAsync($"/trust/{id}/grant", new { jws }).Json();
        Assert.DoesNotContain(Words.Get("home.revocations-due"), await Page("/"), StringComparison.Ordinal);

        await admin.PostAsJsonAsync($"/officers/{officer.Id}/lock", new { reason = "thôi việc" }).Json();

        Assert.Contains(Words.Get("home.revocations-due"), await Page("/"), StringComparison.Ordinal);
        Assert.Contains("/trust/revocations/due", await Page("/trust"), StringComparison.Ordinal);
        Assert.Contains(id.ToString(), await admin.GetStringAsync("/trust/revocations/due"), StringComparison.Ordinal);
        var next = await server.With<Orphans, Revocations?>(o => o.Next(null, CancellationToken.None));
        await admin
            .PostAsJsonAsync("/trust/revocations", new { jws = next!.Sign(root), reason = "thôi chức vụ" })
            .Json();
        Assert.DoesNotContain(Words.Get("home.revocations-due"), await Page("/"), StringComparison.Ordinal);

        async Task<string> Page(string path) => WebUtility.HtmlDecode(await admin.GetStringAsync(path));
    }

    [Fact]
    public async Task A_server_that_died_between_a_lock_and_what_follows_takes_the_delegation_back_when_it_starts()
    {
        await using var server = new RunningServer();
        await server.InitializeAsync();
        var officer = await SomeOfficer.New(server, "approver");
        var (key, _) = await officer.Client.Delegated(server);
        Assert.NotEmpty(await Proofs());
        // What was stored before the end; nobody came to ask for the delegation.
        await server.With<PeopleDb, Case>(db =>
            db.Move(
                OfficerProcedure.Definition,
                officer.Id,
                OfficerProcedure.Lock,
                new(Comment: "thôi việc"),
                Actor.Server,
                server.Clock.GetUtcNow(),
                CancellationToken.None
            )
        );

        await server.Restart();

        await RunningServer.Until(async () => (await Proofs()).Count == 0, "the delegation is taken back");

        async Task<IReadOnlyList<string>> Proofs() =>
            await server.Services.GetRequiredService<ITrust>().DelegationsOf(key.KeyId, CancellationToken.None);
    }
}
