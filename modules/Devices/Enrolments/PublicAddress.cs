using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
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
    readonly Lazy<string?> authority = new(() => ReadAuthority(urls.Value));

    /// <summary>host:port by TLS; null unless it was said, for a speaker that is told takes it.</summary>
    public string? Tls => urls.Value.TlsAddress;

    /// <summary>Who vouches for it (PEM); null for the public authorities.</summary>
    public string? Authority => authority.Value;

    /// <summary>Whether the file with the authority can be read, so that it stops the start and not the first speaker.</summary>
    public static bool CanVouch(SpeakerUrls urls)
    {
        try
        {
            _ = ReadAuthority(urls);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            // Told by the false, in the sentence of the option.
            return false;
        }
    }

    public string For(HttpContext http)
    {
        if (urls.Value.PublicAddress is { Length: > 0 } told)
            return told;
        var host = proxies.Networks.Count > 0 ? http.Request.Host.Host : Spelled(http.Connection.LocalIpAddress);
        return $"{host}:{node.Port}";
    }

    static string? ReadAuthority(SpeakerUrls urls)
    {
        if (urls is not { TlsAddress: not null, TlsAuthority: { } file })
            return null;
        using var certificate = X509Certificate2.CreateFromPem(File.ReadAllText(file));
        return certificate.ExportCertificatePem();
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
