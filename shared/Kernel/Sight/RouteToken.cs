using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Loa.Kernel;

/// <summary>The secret that opens one route to a program of the operator, which no officer is: shown as a bearer token.</summary>
sealed class RouteToken(string token)
{
    const string Scheme = "Bearer ";

    readonly byte[] digest = Digest(token);

    // Compared by digests, so that how long it takes tells nothing.
    public bool Opens(HttpRequest request) =>
        request.Headers.Authorization is [{ } shown]
        && shown.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
        && CryptographicOperations.FixedTimeEquals(Digest(shown[Scheme.Length..]), digest);

    static byte[] Digest(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
