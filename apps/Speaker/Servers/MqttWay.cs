using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Loa.Speaker.Servers;

/// <summary>By which way a server is reached, and who may vouch for it there.</summary>
/// <param name="Address">host:port, or an address with a scheme</param>
/// <param name="Authority">One certificate (PEM); the public authorities when absent.</param>
sealed record MqttWay(string Address, string? Authority = null)
{
    /// <summary>By TLS where a server offers it, unless what it says of it cannot be used.</summary>
    public static MqttWay Of(string mqtt, string? mqtts, string? ca) =>
        mqtts is not null && Uri.TryCreate($"mqtts://{mqtts}", UriKind.Absolute, out _) && IsUsable(ca)
            ? new($"mqtts://{mqtts}", ca)
            : new(mqtt);

    public static X509Certificate2? Read(string? authority) =>
        authority is null ? null : X509Certificate2.CreateFromPem(authority);

    static bool IsUsable(string? ca)
    {
        try
        {
            Read(ca)?.Dispose();
            return true;
        }
        catch (CryptographicException)
        {
            // Whoever wrote it may have meant well; told by the false.
            return false;
        }
    }
}
