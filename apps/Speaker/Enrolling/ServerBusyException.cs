using System.Net;
using System.Security.Cryptography;

namespace Loa.Speaker.Enrolling;

/// <summary>The server has too many to hear at once and says when to come again.</summary>
sealed class ServerBusyException(TimeSpan? after)
    : HttpRequestException("The server is too busy.", null, HttpStatusCode.TooManyRequests)
{
    static readonly TimeSpan usual = TimeSpan.FromSeconds(30);
    static readonly TimeSpan longest = TimeSpan.FromMinutes(5);

    /// <summary>Half of what it said to one and a half, for all others were told the same.</summary>
    public TimeSpan Wait()
    {
        var told = after ?? usual;
        var most = told < longest ? told : longest;
        return most * (0.5 + (RandomNumberGenerator.GetInt32(1_000_000) / 1e6));
    }
}
