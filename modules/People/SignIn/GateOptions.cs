using System.ComponentModel.DataAnnotations;

namespace Loa.People.SignIn;

/// <summary>How sign-in is guarded (configuration section SignIn).</summary>
sealed class GateOptions
{
    /// <summary>The least length of a password that an officer chooses.</summary>
    [Range(8, 128)]
    public int PasswordLength { get; init; } = 12;

    /// <summary>Wrong passwords in a row that lock an account for a while.</summary>
    [Range(1, 100)]
    public int FailuresBeforeLockOut { get; init; } = 5;

    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan LockOut { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>A session ends after this long without a request.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "30.00:00:00")]
    public TimeSpan Session { get; init; } = TimeSpan.FromHours(8);

    /// <summary>How long an invitation password is good.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "60.00:00:00")]
    public TimeSpan Invitation { get; init; } = TimeSpan.FromDays(7);

    /// <summary>Attempts a minute from one address; a commune's officers share one.</summary>
    [Range(1, 100_000)]
    public int AttemptsPerMinute { get; init; } = 30;
}
