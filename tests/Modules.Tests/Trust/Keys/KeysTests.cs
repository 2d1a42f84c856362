using System.Net;
using System.Net.Http.Json;
using Loa.Air;
using Loa.Contracts.Trust;
using Loa.Jose;
using Loa.People;
using Microsoft.Extensions.DependencyInjection;

namespace Loa.Trust.Keys;

public sealed class KeysTests(RunningServer server)
{
    ITrust Trust => server.Services.GetRequiredService<ITrust>();

    [Fact]
    public async Task A_lost_key_is_given_up_by_its_holder_and_by_nobody_else()
    {
        var (one, other) = (await SomeOfficer.New(server, "approver"), await SomeOfficer.New(server, "approver"));
        var (_, delegation) = await one.Client.Delegated(server);

        await other.Client.PostAsync($"/keys/{delegation}/give-up", null).Json(HttpStatusCode.NotFound);
        var given = await one.Client.PostAsync($"/keys/{delegation}/give-up", null).Json();

        Assert.Equal("revoked", given.GetProperty("state").GetString());
        await one.Client.PostAsync($"/keys/{delegation}/give-up", null).Refused("case.not-from-here");
    }

    [Fact]
    public async Task A_leader_makes_a_key_asks_and_the_demo_root_delegates_exactly_his_posts()
    {
        using var leader = await server.SignedIn("loctan.duyet");
        var me = await leader.GetAsync("/api/me").Json();

        var (key, id) = await leader.Delegated(server);

        var jws = Assert.Single(await Trust.DelegationsOf(key.KeyId, default));
        Assert.True(Delegation.TryRead(jws, out var read, out _));
        Assert.Equal(id, read.Document.Id);
        Assert.Equal([AirKind.Release], read.Document.Kinds);
        Assert.Equal([me.GetProperty("posts")[0].GetProperty("unitId").GetGuid()], read.Document.Units);
        Assert.Contains(key.KeyId, await Trust.KeysOf(me.GetProperty("officerId").GetGuid(), "release", default));
        Assert.Contains(key.KeyId[..12], await leader.GetStringAsync("/keys"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_forged_proof_is_refused()
    {
        using var leader = await server.SignedIn("phuoclong.duyet");
        var (key, thief) = (SigningKey.Create(), SigningKey.Create());
        var (me, now) = (await leader.OfficerId(), server.Clock.GetUtcNow());

        await Send(leader, key, OfficerKey.Proof(thief, me, now)).Refused("keys.proof");
        await Send(leader, key, OfficerKey.Proof(key, Guid.CreateVersion7(), now)).Refused("keys.proof");
        await Send(leader, key, OfficerKey.Proof(key, me, now, "loa-release")).Refused("keys.proof");
        await Send(leader, key, OfficerKey.Proof(key, me, now.AddHours(-2))).Refused("keys.proof-old");
        await Send(leader, key, "a.b.c").Refused("keys.proof");
        Assert.Empty(await Trust.DelegationsOf(key.KeyId, default));
    }

    [Fact]
    public async Task An_officers_requests_are_bounded_and_each_list_says_what_it_is_called()
    {
        using var leader = await server.SignedIn("locninh.duyet");
        HttpResponseMessage asked;
        var ids = new List<Guid>();
        while ((asked = await await leader.Ask(SigningKey.Create(), server)).StatusCode == HttpStatusCode.Created)
        {
            ids.Add((await Task.FromResult(asked).Json(HttpStatusCode.Created)).GetProperty("id").GetGuid());
            Assert.InRange(ids.Count, 1, 20);
        }

        await Task.FromResult(asked).Refused("keys.too-many-waiting");
        var first = (await leader.GetAsync("/api/keys").Json()).GetProperty("entries")[0];
        Assert.Equal("release", first.GetProperty("kinds")[0].GetString());
        Assert.Contains(
            first.GetProperty("classes").EnumerateArray().Select(c => c.GetString()),
            name => name == "emergency"
        );

        // What is answered waits no more.
        using var administrator = await server.SignedIn("tinh.quantri");
        foreach (var id in ids)
            await administrator.PostAsJsonAsync($"/trust/{id}/decline", new { reason = "thử" }).Json();
        await (await leader.Ask(SigningKey.Create(), server)).Json(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Nobody_can_ask_beyond_his_posts()
    {
        using var leader = await server.SignedIn("phuoclong.duyet");
        using var other = await server.SignedIn("loctan.duyet");
        var elsewhere = (await other.GetAsync("/api/me").Json())
            .GetProperty("posts")[0]
            .GetProperty("unitId")
            .GetGuid();

        await (await leader.Ask(SigningKey.Create(), server, [elsewhere])).Refused("keys.beyond-posts");
    }

    [Fact]
    public async Task Who_approves_nothing_holds_no_key()
    {
        using var author = await server.SignedIn("phuoclong.bientap");

        Assert.Equal(HttpStatusCode.Forbidden, (await author.GetAsync("/keys")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await await author.Ask(SigningKey.Create(), server)).StatusCode);
    }

    [Fact]
    public async Task The_key_of_one_officer_is_never_that_of_another()
    {
        using var first = await server.SignedIn("phuoclong.duyet");
        using var second = await server.SignedIn("binhphuoc.duyet");
        var key = SigningKey.Create();
        var asked = await (await first.Ask(key, server)).Json(HttpStatusCode.Created);

        await (await second.Ask(key, server)).Refused("keys.of-another");
        Assert.Equal(
            HttpStatusCode.NotFound,
            (await second.PostAsync($"/keys/{asked.GetProperty("id").GetGuid()}/demo-root", null)).StatusCode
        );
    }

    [Fact]
    public async Task A_technician_holds_a_key_for_places_and_for_packages_only_when_he_says_so()
    {
        using var technician = await server.SignedIn("loctan.kythuat");
        var (usual, _) = await technician.Delegated(server);
        var (packages, _) = await technician.Delegated(server, "package");

        Assert.Equal([AirKind.Placement], await Kinds(usual));
        Assert.Equal([AirKind.Package], await Kinds(packages));
        var me = await technician.OfficerId();
        Assert.Empty(await Trust.KeysOf(me, "release", default));
        Assert.Equal([packages.KeyId], await Trust.KeysOf(me, "package", default));
    }

    [Fact]
    public async Task A_technician_asks_once_for_all_that_he_signs_and_never_for_what_he_has()
    {
        var technician = (await SomeOfficer.New(server, "technician", where: "loctan.kythuat")).Client;
        var key = SigningKey.Create();

        var asked = await (await technician.Ask(key, server, kinds: ["placement", "package"])).Json(
            HttpStatusCode.Created
        );
        var again = await (await technician.Ask(key, server, kinds: ["package"])).Json(HttpStatusCode.Created);
        var id = asked.GetProperty("id").GetGuid();
        Assert.Equal(id, again.GetProperty("id").GetGuid());
        Assert.Single((await technician.GetAsync("/api/keys").Json()).GetProperty("entries").EnumerateArray());

        await technician.PostAsync($"/keys/{id}/demo-root", null).Json();
        Assert.Equal([AirKind.Placement, AirKind.Package], (await Kinds(key)).Order());
        await (await technician.Ask(key, server, kinds: ["placement"])).Refused("keys.already");
        await (await technician.Ask(key, server)).Refused("keys.already");

        // A lost one may be asked for again.
        await technician.PostAsync($"/keys/{id}/give-up", null).Json();
        await (await technician.Ask(SigningKey.Create(), server)).Json(HttpStatusCode.Created);
    }

    [Fact]
    public async Task The_pages_of_keys_show_words_and_tick_what_he_came_to_sign()
    {
        var technician = (await SomeOfficer.New(server, "technician", where: "loctan.kythuat")).Client;
        var (key, _) = await technician.Delegated(server, "placement", "package");
        using var administrator = await server.SignedIn("tinh.quantri");

        var keys = WebUtility.HtmlDecode(await technician.GetStringAsync("/keys?kind=package"));
        var trust = WebUtility.HtmlDecode(await administrator.GetStringAsync("/trust"));

        foreach (var page in (string[])[keys, trust])
            Assert.DoesNotMatch(@">[^<]*\b(trust|keys|standing|field)\.[a-z-]+[^<]*<", page);
        var both = $"{Kernel.Words.All["trust.kind.placement"][0]}, {Kernel.Words.All["trust.kind.package"][0]}";
        Assert.Contains(both, keys, StringComparison.Ordinal);
        Assert.Contains(key.KeyId, trust, StringComparison.Ordinal);
        Assert.Matches("value=\"package\" checked", keys);
        Assert.DoesNotMatch("value=\"placement\" checked", keys);
    }

    [Fact]
    public async Task Nobody_asks_for_a_kind_that_his_post_is_not_for()
    {
        using var technician = await server.SignedIn("phuoclong.kythuat");
        using var leader = await server.SignedIn("phuoclong.duyet");

        foreach (var kind in (string[])["release", "timetable", "command"])
            await (await technician.Ask(SigningKey.Create(), server, kinds: [kind])).Refused("keys.no-post");
        await (await leader.Ask(SigningKey.Create(), server, kinds: ["package"])).Refused("keys.no-post");
        await (await leader.Ask(SigningKey.Create(), server, kinds: ["all"])).Refused(
            "invalid",
            HttpStatusCode.BadRequest
        );
    }

    async Task<IReadOnlyList<AirKind>> Kinds(SigningKey key)
    {
        Assert.True(
            Delegation.TryRead(Assert.Single(await Trust.DelegationsOf(key.KeyId, default)), out var read, out _)
        );
        return read.Document.Kinds;
    }

    static Task<HttpResponseMessage> Send(HttpClient client, SigningKey key, string proof) =>
        client.PostAsJsonAsync("/keys", new { jwk = key.Public.Jwk, proof });
}
