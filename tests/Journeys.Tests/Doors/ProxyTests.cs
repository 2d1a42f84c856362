using System.Net;
using System.Net.WebSockets;
using System.Text;
using Loa.Jose;
using Loa.Server.Demo;

namespace Loa.Doors;

/// <summary>Behind the nginx that we tell operators to run, everything works, and the caller is the caller.</summary>
public sealed class ProxyTests(ProxiedServer server) : IClassFixture<ProxiedServer>, IDisposable
{
    // Browsers are not told to come by TLS for ever to a bare address.
    const string Host = "loa.example.vn";

    readonly Nginx nginx = server.Nginx;
    readonly CancellationTokenSource timeout = new(TimeSpan.FromMinutes(3));

    public void Dispose() => timeout.Dispose();

    [Fact]
    public async Task Pages_sign_in_uploads_live_pages_and_speakers_pass()
    {
        using var officer = Browser(nginx.Safe);
        using var signedIn = await SignIn(officer, "tinh.kythuat");
        var cookies = signedIn.Headers.GetValues("Set-Cookie").ToList();
        Assert.Contains(cookies, c => c.StartsWith("__Host-loa-session=", StringComparison.Ordinal));
        Assert.All(cookies, c => Assert.Contains("secure", c, StringComparison.OrdinalIgnoreCase));
        using var page = await officer.GetAsync("/speakers");
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.True(page.Headers.Contains("Strict-Transport-Security"));

        var lines = string.Join('\n', Enumerable.Range(0, 40_000).Select(i => $"SERIAL-{i},key,place,Cụm loa {i},2"));
        using var list = new StringContent("serial,key,unit,name,horns\n" + lines, Encoding.UTF8, "text/csv");
        using var uploaded = await officer.PostAsync("/speakers/beforehand", list);
        Assert.NotEqual(HttpStatusCode.RequestEntityTooLarge, uploaded.StatusCode);
        Assert.InRange((int)uploaded.StatusCode, 200, 499);

        Assert.Equal(0xF0, await SpeakByWebSocket());
        Assert.StartsWith("data:", await FirstOfLivePage(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_the_clear_only_what_proves_itself_is_given()
    {
        using var anyone = Browser(nginx.Plain);

        using var page = await anyone.GetAsync("/sign-in?next=/speakers");
        using var air = await anyone.GetAsync("/air/server");

        Assert.Equal(HttpStatusCode.PermanentRedirect, page.StatusCode);
        Assert.Equal("https", page.Headers.Location!.Scheme);
        Assert.Equal(HttpStatusCode.OK, air.StatusCode);
    }

    [Fact]
    public async Task A_lie_about_the_origin_reaches_nobody()
    {
        // Through nginx it is replaced, past nginx it is not read.
        foreach (var way in new[] { nginx.Safe, server.Address })
        {
            using var liar = Browser(way);
            liar.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.9");
            liar.DefaultRequestHeaders.Add("X-Forwarded-Host", "evil.example");
            using var signedIn = await SignIn(liar, "tinh.duyet");
            var account = await liar.GetStringAsync("/account");
            Assert.DoesNotContain(
                "evil.example",
                signedIn.Headers.Location?.ToString() ?? "",
                StringComparison.Ordinal
            );
            if (way == nginx.Safe)
                Assert.DoesNotContain("203.0.113", account, StringComparison.Ordinal);
        }
    }

    static HttpClient Browser(Uri at) =>
        new(
            new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                CookieContainer = new CookieContainer(),
                SslOptions = { RemoteCertificateValidationCallback = Nginx.IsOwn },
            }
        )
        {
            BaseAddress = at,
            DefaultRequestHeaders = { Host = Host },
        };

    async Task<HttpResponseMessage> SignIn(HttpClient browser, string account)
    {
        using var form = new FormUrlEncodedContent([new("userName", account), new("password", server.Password)]);
        var answer = await browser.PostAsync("/sign-in", form);
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        return answer;
    }

    /// <summary>The first byte with which a speaker's CONNECT is answered: the challenge.</summary>
    async Task<int> SpeakByWebSocket()
    {
        using var line = new ClientWebSocket();
        line.Options.AddSubProtocol("mqtt");
        line.Options.RemoteCertificateValidationCallback = Nginx.IsOwn;
        await line.ConnectAsync(new UriBuilder(nginx.Safe) { Scheme = "wss", Path = "/air/mqtt" }.Uri, timeout.Token);
        var (id, method) = (Encoding.ASCII.GetBytes($"{Guid.CreateVersion7()}"), "LOA-ES256"u8.ToArray());
        byte[] properties = [0x15, 0, (byte)method.Length, .. method];
        byte[] body =
        [
            .. new byte[] { 0, 4 },
            .. "MQTT"u8,
            .. new byte[] { 5, 0, 0, 30, (byte)properties.Length },
            .. properties,
            .. new byte[] { 0, (byte)id.Length },
            .. id,
        ];
        byte[] connect = [0x10, (byte)body.Length, .. body];
        await line.SendAsync(connect, WebSocketMessageType.Binary, endOfMessage: true, timeout.Token);
        var answer = new byte[256];
        await line.ReceiveAsync(answer, timeout.Token);
        return answer[0];
    }

    async Task<string> FirstOfLivePage()
    {
        using var province = new Province(server.Address, server.Password);
        var broadcast = await PutOnAir(province);
        using var leader = Browser(nginx.Safe);
        using var signedIn = await SignIn(leader, "loctan.duyet");
        await using var live = await leader.GetStreamAsync($"/live/events?of=broadcast:{broadcast}", timeout.Token);
        using var reader = new StreamReader(live);
        return await reader.ReadLineAsync(timeout.Token) ?? "";
    }

    async Task<Guid> PutOnAir(Province province)
    {
        var cancel = timeout.Token;
        var unit = await province.UnitOf("loctan.bientap", cancel);
        var draft = new
        {
            title = "Thử",
            text = "Thử loa.",
            voice = "vi",
            unit,
        };
        var seen = await province.Post("loctan.bientap", "/bulletins", draft, cancel);
        var id = seen.GetProperty("id").GetGuid();
        foreach (var step in new[] { "voice", "submit" })
        {
            var before = seen.GetProperty("acts").GetInt32();
            seen = await province.Post("loctan.bientap", $"/bulletins/{id}/{step}", new { seen = before }, cancel);
        }
        var key = await province.MakeKey("loctan.duyet", cancel);
        var terms = await province.Download("loctan.duyet", $"/bulletins/{id}/release?units={unit}", cancel);
        var release = Jws.Sign(key, "loa-release", terms);
        var acts = seen.GetProperty("acts").GetInt32();
        await province.Post("loctan.duyet", $"/bulletins/{id}/approve", new { release, seen = acts }, cancel);
        var order = new { bulletin = id, units = new[] { unit } };
        var ordered = await province.Post("loctan.duyet", "/broadcasts", order, cancel);
        return ordered.GetProperty("id").GetGuid();
    }
}
