using System.Security.Cryptography;

namespace Loa.Speaker;

/// <summary>How long to wait before trying again: soon at first, at most 30 seconds, and never all speakers at the same moment.</summary>
/// <remarks>Full jitter: anywhere between nothing and the longest wait, which doubles with each failure.</remarks>
sealed class Backoff
{
    const int FirstMilliseconds = 500;
    const int LongestMilliseconds = 30_000;

    // So that a server that refuses at once is not asked in a tight circle.
    const int LeastMilliseconds = 50;

    int failures;

    public TimeSpan Next()
    {
        var most = Math.Min(FirstMilliseconds << Math.Min(failures++, 6), LongestMilliseconds);
        return TimeSpan.FromMilliseconds(LeastMilliseconds + RandomNumberGenerator.GetInt32(most));
    }

    public void Reset() => failures = 0;
}
