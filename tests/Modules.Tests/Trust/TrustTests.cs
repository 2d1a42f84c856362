using System.Net.Http.Json;
using System.Text.Json;
using Loa.Air;
using Loa.Contracts.People;
using Loa.Contracts.Trust;
using Loa.Jose;
using Loa.Kernel;
using Loa.People.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Loa.Trust;

public sealed class TrustTests(RunningServer server)
{
    ITrust Trust => server.Services.GetRequiredService<ITrust>();

    Chain Chain() => new(Trust.Root!);

    [Fact]
    public async Task The_server_signs_timetables_and_commands_by_a_delegation_of_the_root_and_nothing_else()
    {
        var speaker = Guid.CreateVersion7();
        var now = server.Clock.GetUtcNow();
        var province = (await server.Services.GetRequiredService<IUnits>().Today(default)).Roots.Single().Id;
        var timetable = new Timetable(speaker, 1, now, now, now.AddDays(7), []);

        var signed = await Trust.Sign(
            Timetable.Type,
            JsonSerializer.SerializeToUtf8Bytes(timetable, Timetable.Shape),
            default
        );

        var chain = Chain();
        Assert.True(chain.Learn(signed.Delegations.Single()).Ok);
        Assert.Null(chain.Verify(signed.Jws, new TimetableRule(speaker, [province], null, now)).Reason);
        await Assert.ThrowsAsync<ArgumentException>(() => Trust.Sign(Release.Type, new byte[1], default).AsTask());
        Assert.True(Trust.IsDemoRoot);
    }

    [Fact]
    public async Task Revoking_makes_a_new_signed_list_tells_the_others_and_ends_the_delegation()
    {
        using var admin = await server.SignedIn("tinh.quantri");
        using var leader = await server.SignedIn("binhphuoc.duyet");
        var (first, firstId) = await leader.Delegated(server);
        var (lost, lostId) = await leader.Delegated(server);

        var one = await admin.PostAsJsonAsync($"/trust/{firstId}/revoke", new { reason = "thôi chức vụ" }).Json();
        var two = await admin
            .PostAsJsonAsync($"/trust/{lostId}/revoke", new { reason = "mất máy", wholeKey = true })
            .Json();

        var version = one.GetProperty("revocationsVersion").GetInt64();
        Assert.Equal(version + 1, two.GetProperty("revocationsVersion").GetInt64());
        var list = Chain().Revoke(await Trust.Revocations(default));
        Assert.True(list.Ok);
        Assert.Contains(firstId, list.Document.Delegations);
        Assert.Contains(lost.KeyId, list.Document.Kids);
        Assert.Empty(await Trust.DelegationsOf(first.KeyId, default));
        Assert.Empty(await Trust.DelegationsOf(lost.KeyId, default));
        await (await leader.Ask(lost, server)).Refused("keys.revoked");
        var told = await server.With<PeopleDb, List<string>>(db =>
            db.Announcements.Where(a => a.Type == "revocations-changed").Select(a => a.Body).ToListAsync()
        );
        Assert.Contains(told, body => JsonSerializer.Deserialize<RevocationsChanged>(body)!.Version == version + 1);
    }

    [Fact]
    public async Task What_the_root_revoked_and_nobody_here_knows_stays_revoked()
    {
        using var admin = await server.SignedIn("tinh.quantri");
        using var leader = await server.SignedIn("binhphuoc.duyet");
        var (_, known) = await leader.Delegated(server);
        await Revoke(known);
        // A captured speaker's key, and a delegation that was made on another machine.
        var (kid, elsewhere) = (SigningKey.Create().KeyId, Guid.CreateVersion7());
        var before = await InForce();
        var byHand = before with
        {
            Version = before.Version + 1,
            Kids = [.. before.Kids, kid],
            Delegations = [.. before.Delegations, elsewhere],
        };
        var root = SigningKey.Load(Path.Combine(server.Folder, "keys", "demo-root.pem"));
        await admin
            .PostAsJsonAsync("/trust/revocations", new { jws = byHand.Sign(root), reason = "mất cụm loa" })
            .Json();

        var (_, another) = await leader.Delegated(server);
        await Revoke(another);

        var list = await InForce();
        Assert.Equal(byHand.Version + 1, list.Version);
        Assert.Contains(kid, list.Kids);
        Assert.Contains(elsewhere, list.Delegations);
        var forgetful = list with { Version = list.Version + 1, Kids = [.. list.Kids.Where(k => k != kid)] };
        await admin
            .PostAsJsonAsync("/trust/revocations", new { jws = forgetful.Sign(root), reason = "quên" })
            .Refused("trust.list-forgets");

        Task Revoke(Guid id) => admin.PostAsJsonAsync($"/trust/{id}/revoke", new { reason = "thôi chức vụ" }).Json();
        async Task<Revocations> InForce() => Chain().Revoke(await Trust.Revocations(default)).Document!;
    }

    [Fact]
    public async Task A_grant_by_another_root_or_for_more_than_was_asked_is_refused()
    {
        using var admin = await server.SignedIn("tinh.quantri");
        using var leader = await server.SignedIn("thienhung.duyet");
        var asked = await (await leader.Ask(SigningKey.Create(), server)).Json(System.Net.HttpStatusCode.Created);
        var id = asked.GetProperty("id").GetGuid();
        var wanted = JsonSerializer.Deserialize(await admin.GetStringAsync($"/trust/{id}/request"), Delegation.Shape)!;
        var root = SigningKey.Load(Path.Combine(server.Folder, "keys", "demo-root.pem"));

        await Grant(wanted.Sign(SigningKey.Create())).Refused("trust.not-by-root");
        await Grant((wanted with { Units = [.. wanted.Units, Guid.CreateVersion7()] }).Sign(root))
            .Refused("trust.more-than-asked");
        await Grant((wanted with { Expires = wanted.Expires.AddDays(1) }).Sign(root)).Refused("trust.more-than-asked");
        await Grant((wanted with { Kinds = [AirKind.Timetable] }).Sign(root)).Refused("trust.more-than-asked");
        await Grant((wanted with { Id = Guid.CreateVersion7() }).Sign(root)).Refused("trust.not-this-request");
        await Grant((wanted with { Classes = [AirClass.Ordinary] }).Sign(root)).Json();
        Assert.Single(await Trust.DelegationsOf(wanted.Kid, default));

        Task<HttpResponseMessage> Grant(string jws) => admin.PostAsJsonAsync($"/trust/{id}/grant", new { jws });
    }

    [Fact]
    public async Task A_declined_request_says_why_on_the_asker_s_page()
    {
        using var admin = await server.SignedIn("tinh.quantri");
        using var leader = await server.SignedIn("tinh.duyet");
        var asked = await (await leader.Ask(SigningKey.Create(), server)).Json(System.Net.HttpStatusCode.Created);

        await admin
            .PostAsJsonAsync($"/trust/{asked.GetProperty("id").GetGuid()}/decline", new { reason = "đã có khóa khác" })
            .Json();

        Assert.Contains("đã có khóa khác", await leader.GetStringAsync("/keys"), StringComparison.Ordinal);
        Assert.Contains("đã có khóa khác", await admin.GetStringAsync("/trust"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_private_keys_on_the_disk_are_for_the_server_alone()
    {
        if (OperatingSystem.IsWindows())
            return;
        foreach (var file in new[] { "keys/server.pem", "keys/demo-root.pem", "demo-password" })
            Assert.Equal(
                UnixFileMode.UserRead | UnixFileMode.UserWrite,
                File.GetUnixFileMode(Path.Combine(server.Folder, file))
            );
    }
}
