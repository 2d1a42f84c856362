namespace Loa.People.Sessions;

/// <summary>One stay of an officer on one device, from sign-in until something ends it.</summary>
sealed class Session
{
    public required Guid Id { get; init; }
    public required Guid OfficerId { get; init; }
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>To the minute: it is written now and then, never by a request.</summary>
    public required DateTimeOffset LastSeenAt { get; set; }
    public required string Network { get; init; }
    public required string Device { get; init; }
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>A word of <see cref="SessionEnd"/>.</summary>
    public string? Why { get; set; }
}

/// <summary>Why a session ended, as it is stored.</summary>
static class SessionEnd
{
    public const string SignOut = "sign-out";
    public const string Elsewhere = "elsewhere";
    public const string Everywhere = "everywhere";
    public const string Password = "password";
    public const string Reset = "reset";
    public const string Lock = "lock";
    public const string Administrator = "administrator";
    public const string TooMany = "too-many";
    public const string Idle = "idle";
    public const string Age = "age";
}
