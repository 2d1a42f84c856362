using System.Security.Cryptography;

namespace Loa.Speaker;

/// <summary>How long to wait before trying again: 1 to 30 seconds, and never all speakers at the same moment.</summary>
sealed class Backoff
{
    const int LongestSeconds = 30;

    int failures;

    public TimeSpan Next()
    {
        var most = Math.Min(1 << Math.Min(failures++, 5), LongestSeconds);
        // At least a second, else somewhere in the upper half.
        var least = Math.Max(1000, most * 500);
        return TimeSpan.FromMilliseconds(least + RandomNumberGenerator.GetInt32((most * 1000) - least + 500));
    }

    public void Reset() => failures = 0;
}
