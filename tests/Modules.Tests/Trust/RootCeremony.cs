using System.Net.Http.Json;
using Loa.Air;
using Loa.Jose;
using Loa.Trust.HandingOver;

namespace Loa.Trust;

/// <summary>What the root's keeper and an administrator do together when the province changes its root.</summary>
static class RootCeremony
{
    /// <summary>The key that a demo keeps on its disk.</summary>
    public static SigningKey DemoRoot(this RunningServer server) =>
        SigningKey.Load(Path.Combine(server.Folder, "keys", "demo-root.pem"));

    /// <summary>What the server gives to be signed.</summary>
    public static async Task<HandOverDraft> Draft(this HttpClient administrator)
    {
        var text = await administrator.GetStringAsync("/trust/root/draft");
        return HandOverDraft.Read(text) ?? throw new FormatException(text);
    }

    /// <summary>All that a change takes, the word of the root before counting for a day beside the next one's.</summary>
    public static string Signed(this RunningServer server, HandOverDraft draft, SigningKey root, SigningKey next)
    {
        var now = DateTimeOffset.FromUnixTimeMilliseconds(server.Clock.GetUtcNow().ToUnixTimeMilliseconds());
        return draft.Sign(root, next, now, now.AddDays(1));
    }

    public static Task<HttpResponseMessage> Bring(this HttpClient administrator, string documents, SigningKey next) =>
        administrator.Bring(documents, ClaimCheck.RootNumber(next.KeyId));

    public static Task<HttpResponseMessage> Bring(this HttpClient administrator, string documents, string number) =>
        administrator.PostAsJsonAsync(
            "/trust/root",
            new
            {
                documents,
                number,
                reason = "đổi người giữ khóa",
            }
        );

    /// <summary>The province changes its root, in good order.</summary>
    public static async Task ChangeRoot(this RunningServer server, SigningKey root, SigningKey next)
    {
        using var administrator = await server.SignedIn("tinh.quantri");
        var signed = server.Signed(await administrator.Draft(), root, next);
        await administrator.Bring(signed, next).Json();
    }
}
