using System.Net;
using System.Net.Sockets;

namespace Loa.Mqtt.Server.Admission;

/// <summary>The network that a connection is counted against: an IPv4 address, or the /64 that one household has of IPv6.</summary>
static class Origin
{
    const int PrefixBytes = 8;

    public static IPAddress Of(EndPoint? remote)
    {
        if (remote is not IPEndPoint { Address: var address })
            return IPAddress.None;
        if (address.IsIPv4MappedToIPv6)
            return address.MapToIPv4();
        if (address.AddressFamily is not AddressFamily.InterNetworkV6)
            return address;
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        bytes[PrefixBytes..].Clear();
        return new IPAddress(bytes);
    }
}
