using System.Net;
using System.Net.Sockets;
using Loa.Contracts.Gateway;
using Loa.Kernel;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Loa.Devices.Enrolments;

/// <summary>
/// Where speakers reach the gateway, host:port: as configured, else at the address at which this request came in. What the
/// request itself says of its host is believed of a trusted proxy only.
/// </summary>
sealed class PublicAddress(IOptions<SpeakerUrls> urls, IGatewayNode node, TrustedProxies proxies)
{
    public string For(HttpContext http)
    {
        if (urls.Value.PublicAddress is { Length: > 0 } told)
            return told;
        var host = proxies.Networks.Count > 0 ? http.Request.Host.Host : Spelled(http.Connection.LocalIpAddress);
        return $"{host}:{node.Port}";
    }

    static string Spelled(IPAddress? local) =>
        local switch
        {
            null => "localhost",
            { IsIPv4MappedToIPv6: true } => $"{local.MapToIPv4()}",
            { AddressFamily: AddressFamily.InterNetworkV6 } => $"[{local}]",
            _ => $"{local}",
        };
}
