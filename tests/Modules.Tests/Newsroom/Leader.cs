using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Loa.Jose;

namespace Loa.Newsroom;

/// <summary>A leader with a browser of his own: the key is made there, the root lets it sign, the server never sees it.</summary>
sealed class Leader(HttpClient client, SigningKey key)
{
    public HttpClient Client => client;

    public static async Task<Leader> SignIn(RunningServer server, string account) =>
        await Of(server, await server.SignedIn(account));

    /// <summary>Whoever is signed in here gets a key that may sign.</summary>
    public static async Task<Leader> Of(RunningServer server, HttpClient client)
    {
        var key = SigningKey.Create();
        var me = await client.GetAsync("/api/me").Json();
        var proof = JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                v = 1,
                officer = me.GetProperty("officerId").GetGuid(),
                at = server.Clock.GetUtcNow().ToUnixTimeMilliseconds(),
            }
        );
        var asked = await client
            .PostAsJsonAsync("/keys", new { jwk = key.Public.Jwk, proof = Jws.Sign(key, "loa-key-proof", proof) })
            .Json(HttpStatusCode.Created);
        await client.PostAsJsonAsync($"/keys/{asked.GetProperty("id").GetGuid()}/demo-root", new { }).Json();
        return new(client, key);
    }

    /// <summary>What the server gives to be signed.</summary>
    public async Task<string> Terms(Guid bulletin, params Guid[] units)
    {
        var query = string.Join('&', units.Select(u => $"units={u}"));
        using var answer = await client.GetAsync($"/bulletins/{bulletin}/release?{query}");
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        return text;
    }

    public string Sign(string terms) => Jws.Sign(key, "loa-release", Encoding.UTF8.GetBytes(terms));

    public Task<HttpResponseMessage> Approve(Guid bulletin, string release, int seen) =>
        client.PostAsJsonAsync($"/bulletins/{bulletin}/approve", new { release, seen });

    public async Task<HttpResponseMessage> Approve(Guid bulletin, int seen) =>
        await Approve(bulletin, Sign(await Terms(bulletin)), seen);
}
