using System.Security.Cryptography;
using System.Text;

namespace Loa.Cases;

/// <summary>
/// The seal of one day over all acts stored by its end that no earlier day sealed, in the order they were stored;
/// each day holds the hash of the day before, so a removed act, or a removed case, shows.
/// </summary>
public sealed class Day
{
    public required DateOnly Date { get; init; }

    /// <summary>Acts sealed.</summary>
    public required int Count { get; init; }

    /// <summary>The last position sealed.</summary>
    public required long LastPosition { get; init; }
    public required string Previous { get; init; }
    public required string Hash { get; init; }

    public static string ComputeHash(DateOnly date, string previous, IEnumerable<string> hashesOfActs)
    {
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        sha.AppendData(Encoding.ASCII.GetBytes($"loa-day-1|{date:yyyy-MM-dd}|{previous}"));
        foreach (var hash in hashesOfActs)
            sha.AppendData(Encoding.ASCII.GetBytes("|" + hash));
        return Convert.ToHexStringLower(sha.GetHashAndReset());
    }
}
