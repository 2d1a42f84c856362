using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;

namespace Loa.Kernel;

/// <summary>
/// The one at the other end of a request: its address as far as trusted proxies tell it, and whether its way to us is
/// encrypted. The only place that asks a connection for its address.
/// </summary>
public sealed record Caller(IPEndPoint EndPoint, bool IsSecure)
{
    const int HouseholdBytes = 8;
    const int SiteBytes = 6;
    const int BlockBytes = 3;

    public static Caller Of(HttpContext http) =>
        new(
            new IPEndPoint(Plain(http.Connection.RemoteIpAddress ?? IPAddress.None), http.Connection.RemotePort),
            http.Request.IsHttps
        );

    public IPAddress Address => EndPoint.Address;

    /// <summary>What one asker can have for the taking: an IPv4 address, or the /64 of IPv6 that each household gets.</summary>
    public IPAddress Network => NetworkOf(Address);

    /// <summary>What one asker can have with some effort: the /24 of IPv4, or the /48 of IPv6 that each office gets.</summary>
    public IPAddress Neighbourhood =>
        Start(Address, Address.AddressFamily is AddressFamily.InterNetworkV6 ? SiteBytes : BlockBytes);

    /// <summary>The same for a connection that has asked for nothing yet.</summary>
    public static IPAddress NetworkOf(IPAddress address) =>
        Plain(address) is { AddressFamily: AddressFamily.InterNetworkV6 } six
            ? Start(six, HouseholdBytes)
            : Plain(address);

    static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

    static IPAddress Start(IPAddress address, int length)
    {
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out var written);
        bytes[length..].Clear();
        return new IPAddress(bytes[..written]);
    }
}
