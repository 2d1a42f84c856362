using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace Loa.Kernel;

[AnyEngine]
public sealed class CallerTests
{
    const string Anybody = "127.0.0.1 http";

    [Theory]
    [InlineData("203.0.113.7", "203.0.113.7 http")]
    [InlineData("203.0.113.7:5123", "203.0.113.7 http")]
    [InlineData("[2001:db8:1:2:3:4:5:6]:5123", "2001:db8:1:2:: http")]
    [InlineData("::ffff:203.0.113.7", "203.0.113.7 http")]
    // The last hop that is not ours counts, whatever stands before it.
    [InlineData("198.51.100.1, 203.0.113.7", "203.0.113.7 http")]
    [InlineData("198.51.100.1, 203.0.113.7, 10.1.2.3", "203.0.113.7 http")]
    [InlineData("127.0.0.1, 203.0.113.7", "203.0.113.7 http")]
    // What cannot be read ends the search at the last one that could.
    [InlineData("nonsense", Anybody)]
    [InlineData("203.0.113.7, unknown", Anybody)]
    [InlineData("nonsense, 10.1.2.3", "10.1.2.3 http")]
    [InlineData("", Anybody)]
    public async Task A_trusted_proxy_is_believed_about_the_caller(string forwarded, string caller)
    {
        await using var server = await Server.Start("127.0.0.0/8,10.0.0.0/8");

        Assert.Equal(caller, await server.Ask(("X-Forwarded-For", forwarded)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("10.0.0.0/8")]
    public async Task Nobody_else_is(string trusted)
    {
        await using var server = await Server.Start(trusted);

        Assert.Equal(
            Anybody,
            await server.Ask(
                ("X-Forwarded-For", "203.0.113.7"),
                ("X-Forwarded-Proto", "https"),
                ("X-Forwarded-Host", "elsewhere.example"),
                ("Forwarded", "for=203.0.113.7;proto=https")
            )
        );
    }

    [Fact]
    public async Task The_framework_s_own_switch_makes_nobody_trusted()
    {
        await using var server = await Server.Start("", "--ForwardedHeaders_Enabled=true");

        Assert.Equal(Anybody, await server.Ask(("X-Forwarded-For", "203.0.113.7"), ("X-Forwarded-Proto", "https")));
    }

    [Fact]
    public async Task A_trusted_proxy_tells_the_scheme_and_the_host()
    {
        await using var server = await Server.Start("127.0.0.1");

        Assert.Equal(
            "203.0.113.7 https loa.example",
            await server.Ask(
                ("X-Forwarded-For", "203.0.113.7"),
                ("X-Forwarded-Proto", "https"),
                ("X-Forwarded-Host", "loa.example")
            )
        );
    }

    [Fact]
    public async Task A_list_without_end_is_read_to_its_bound_only()
    {
        await using var server = await Server.Start("127.0.0.0/8");

        var hops = Enumerable.Repeat("127.0.0.9", 500).Prepend("203.0.113.7");

        Assert.Equal("127.0.0.9 http", await server.Ask(("X-Forwarded-For", string.Join(',', hops))));
    }

    [Theory]
    [InlineData("203.0.113.7", "203.0.113.7", "203.0.113.0")]
    [InlineData("::ffff:203.0.113.7", "203.0.113.7", "203.0.113.0")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::", "2001:db8:1::")]
    [InlineData("fe80::1%3", "fe80::", "fe80::")]
    public void A_household_and_an_office_are_counted_as_one(string address, string network, string neighbourhood)
    {
        var http = new DefaultHttpContext { Connection = { RemoteIpAddress = IPAddress.Parse(address) } };

        var caller = Caller.Of(http);

        Assert.Equal(network, caller.Network.ToString());
        Assert.Equal(neighbourhood, caller.Neighbourhood.ToString());
    }

    [Fact]
    public void The_list_is_read_in_either_form_and_a_slip_stops_the_start()
    {
        var list = Read(("Proxy:Trusted:0", "10.0.0.0/8"), ("Proxy:Trusted:1", "fd00::1"));
        var line = Read(("Proxy:Trusted", "10.0.0.0/8, fd00::1"));

        Assert.Equal(list.Networks, line.Networks);
        Assert.True(line.Contains(IPAddress.Parse("::ffff:10.2.3.4")));
        Assert.False(line.Contains(IPAddress.Parse("fd00::2")));
        var slip = Assert.Throws<CannotStartException>(() => Read(("Proxy:Trusted", "10.0.0.0/8, nginx")));
        Assert.Contains("nginx", slip.Message, StringComparison.Ordinal);
    }

    static TrustedProxies Read(params (string Key, string? Value)[] told) =>
        TrustedProxies.From(
            new ConfigurationBuilder().AddInMemoryCollection(told.ToDictionary(t => t.Key, t => t.Value)).Build()
        );

    /// <summary>A server that tells each caller whom it takes him for.</summary>
    sealed class Server(WebApplication app) : IAsyncDisposable
    {
        public static async Task<Server> Start(string trusted, params string[] more)
        {
            var builder = WebApplication.CreateBuilder([$"--Proxy:Trusted={trusted}", .. more]);
            builder.WebHost.ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0));
            builder.Logging.ClearProviders();
            builder.Services.AddTrustedProxies(builder.Configuration);
            var app = builder.Build();
            app.UseTrustedProxies();
            app.MapGet("/", Tell);
            await app.StartAsync();
            return new(app);
        }

        static string Tell(HttpContext http)
        {
            var caller = Caller.Of(http);
            var host = http.Request.Host.Host is var name and not "127.0.0.1" ? " " + name : "";
            return $"{caller.Network} {(caller.IsSecure ? "https" : "http")}{host}";
        }

        public async Task<string> Ask(params (string Name, string Value)[] headers)
        {
            using var client = new HttpClient();
            using var request = new HttpRequestMessage(HttpMethod.Get, app.Urls.Single());
            foreach (var (name, value) in headers)
                request.Headers.TryAddWithoutValidation(name, value);
            using var answer = await client.SendAsync(request);
            return await answer.Content.ReadAsStringAsync();
        }

        public ValueTask DisposeAsync() => app.DisposeAsync();
    }
}
