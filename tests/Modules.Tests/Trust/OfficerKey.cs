using System.Net.Http.Json;
using System.Text.Json;
using Loa.Jose;
using Loa.People;

namespace Loa.Trust;

/// <summary>What an officer's browser does with keys, done by a test.</summary>
static class OfficerKey
{
    public static string Proof(SigningKey key, Guid officer, DateTimeOffset at, string type = "loa-key-proof") =>
        Jws.Sign(
            key,
            type,
            JsonSerializer.SerializeToUtf8Bytes(
                new
                {
                    v = 1,
                    officer,
                    at = at.ToUnixTimeMilliseconds(),
                }
            )
        );

    public static async Task<Task<HttpResponseMessage>> Ask(
        this HttpClient client,
        SigningKey key,
        RunningServer server,
        Guid[]? units = null,
        string[]? kinds = null
    ) =>
        client.PostAsJsonAsync(
            "/keys",
            new
            {
                jwk = key.Public.Jwk,
                proof = Proof(key, await client.OfficerId(), server.Clock.GetUtcNow()),
                units,
                kinds,
            }
        );

    /// <summary>A new key of this officer, delegated by the demo root.</summary>
    public static async Task<(SigningKey Key, Guid Delegation)> Delegated(
        this HttpClient client,
        RunningServer server,
        params string[] kinds
    )
    {
        var key = SigningKey.Create();
        var asked = await (await client.Ask(key, server, kinds: kinds)).Json(System.Net.HttpStatusCode.Created);
        var id = asked.GetProperty("id").GetGuid();
        await client.PostAsync($"/keys/{id}/demo-root", null).Json();
        return (key, id);
    }
}
