using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Loa.Kernel;

/// <summary>
/// The proxies in front of us whose word about a caller is believed (section "Proxy"): the address of the last hop that is
/// not one of them counts. Without any, what a request says about its own origin is not even read.
/// </summary>
public sealed record TrustedProxies(IReadOnlyList<System.Net.IPNetwork> Networks)
{
    const int MostHops = 16;

    /// <summary><c>Proxy:Trusted</c>: addresses and CIDR blocks, as a list or in one line with commas.</summary>
    public static TrustedProxies From(IConfiguration config)
    {
        var section = config.GetSection("Proxy:Trusted");
        var told = section.GetChildren().Select(c => c.Value).Append(section.Value);
        return new([
            .. told.SelectMany(t => (t ?? "").Split([',', ' '], StringSplitOptions.RemoveEmptyEntries)).Select(Read),
        ]);
    }

    public bool Contains(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return Networks.Any(n => n.Contains(plain));
    }

    static System.Net.IPNetwork Read(string told)
    {
        if (System.Net.IPNetwork.TryParse(told, out var network))
            return network;
        if (IPAddress.TryParse(told, out var address))
            return new(address, address.GetAddressBytes().Length * 8);
        throw new CannotStartException("start.proxy", told);
    }

    /// <summary>From here on a request has the caller's address, scheme and host.</summary>
    public void Use(IApplicationBuilder app)
    {
        // The framework takes an empty list for "believe everybody".
        if (Networks.Count == 0)
            return;
        var options = new ForwardedHeadersOptions
        {
            ForwardedHeaders =
                ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost,
            ForwardLimit = MostHops,
        };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var network in Networks)
            options.KnownIPNetworks.Add(network);
        app.UseForwardedHeaders(options);
    }
}

/// <summary>Reads the list at the start, so that a slip in it stops the start and not the first caller.</summary>
public static class TrustedProxiesSetup
{
    public static void AddTrustedProxies(this IServiceCollection services, ConfigurationManager config)
    {
        // The framework's own switch believes everybody who says where he comes from.
        config["ForwardedHeaders_Enabled"] = "false";
        services.AddSingleton(TrustedProxies.From(config));
    }

    public static void UseTrustedProxies(this IApplicationBuilder app) =>
        app.ApplicationServices.GetRequiredService<TrustedProxies>().Use(app);
}
