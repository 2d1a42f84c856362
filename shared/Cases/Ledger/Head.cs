using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Loa.Cases;

/// <summary>
/// The seal of an hour: over the head before, the newest sealed day, and all acts stored since. It bears the server's
/// signature, so that who has only the file cannot make another; who keeps its hash outside can convict also who has the key.
/// </summary>
public sealed class Head
{
    public const string Type = "loa-ledger-head";

    /// <summary>1 for the first; none is left out.</summary>
    public required long Number { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>Acts sealed by this head.</summary>
    public required int Count { get; init; }

    /// <summary>The last position sealed.</summary>
    public required long LastPosition { get; init; }

    /// <summary>The hash of the newest sealed day; empty before the first.</summary>
    public required string Day { get; init; }

    /// <summary>The hash of the head before; empty for the first.</summary>
    public required string Previous { get; init; }
    public required string Hash { get; init; }
    public string? Jws { get; init; }

    /// <summary>When it was first kept outside this server.</summary>
    public DateTimeOffset? AnchoredAt { get; set; }

    public static string ComputeHash(
        string module,
        long number,
        DateTimeOffset at,
        string day,
        string previous,
        IEnumerable<(long Position, string Hash)> acts
    )
    {
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(string.Create(Culture, $"loa-head-1|{module}|{number}|{at.ToUnixTimeMilliseconds()}|{day}|{previous}"));
        foreach (var (position, hash) in acts)
            Append(string.Create(Culture, $"|{position}:{hash}"));
        return Convert.ToHexStringLower(sha.GetHashAndReset());

        void Append(string text) => sha.AppendData(Encoding.UTF8.GetBytes(text));
    }

    /// <summary>What the server signs.</summary>
    public static byte[] Payload(string module, long number, DateTimeOffset at, string hash) =>
        Encoding.UTF8.GetBytes(
            new JsonObject
            {
                ["v"] = 1,
                ["module"] = module,
                ["number"] = number,
                ["at"] = at.ToUnixTimeMilliseconds(),
                ["hash"] = hash,
            }.ToJsonString()
        );

    static CultureInfo Culture => CultureInfo.InvariantCulture;
}
