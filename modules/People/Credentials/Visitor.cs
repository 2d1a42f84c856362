using System.Net.Sockets;
using Loa.Kernel;
using Microsoft.AspNetCore.Http;

namespace Loa.People.Credentials;

/// <summary>Who knocks: from which network, on what kind of device, and on which known device if it is one.</summary>
sealed record Visitor(string Network, string Device, KnownDevice? Known)
{
    public static Visitor Of(HttpContext http, DeviceCookie devices) =>
        new(NetworkOf(Caller.Of(http)), DeviceName.Of(http.Request.Headers.UserAgent.ToString()), devices.Read(http));

    static string NetworkOf(Caller caller) =>
        caller.Network.AddressFamily is AddressFamily.InterNetworkV6 ? $"{caller.Network}/64" : $"{caller.Network}";
}
