using System.ComponentModel.DataAnnotations;

namespace Loa.People.Credentials;

/// <summary>How sign-in is guarded (configuration section SignIn).</summary>
sealed class GateOptions
{
    /// <summary>The least length of a password that an officer chooses.</summary>
    [Range(8, 128)]
    public int PasswordLength { get; init; } = 12;

    /// <summary>Wrong passwords from one network, or on one known device, that shut an account's door for a while.</summary>
    [Range(1, 100)]
    public int FailuresBeforeLockOut { get; init; } = 5;

    /// <summary>Wrong passwords from all strangers together that shut it to strangers; known devices still come in.</summary>
    [Range(1, 10_000)]
    public int FailuresOfStrangers { get; init; } = 50;

    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan LockOut { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>A session ends after this long without a request.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "30.00:00:00")]
    public TimeSpan Session { get; init; } = TimeSpan.FromHours(8);

    /// <summary>A session ends so long after sign-in, whatever is done in it.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "30.00:00:00")]
    public TimeSpan LongestSession { get; init; } = TimeSpan.FromHours(12);

    /// <summary>Open sessions of one officer; one more ends the oldest.</summary>
    [Range(1, 100)]
    public int Sessions { get; init; } = 20;

    /// <summary>How long an invitation password is good.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "60.00:00:00")]
    public TimeSpan Invitation { get; init; } = TimeSpan.FromDays(7);
}
