namespace Loa.People.Security;

/// <summary>What was tried at the door for one account within one hour from one place: repeats are counted, not stored again.</summary>
sealed class SignInNote
{
    public required Guid Id { get; init; }

    /// <summary>Nobody's (<see cref="SignIn.Account.Nobody"/>) for names that nobody has.</summary>
    public required Guid OfficerId { get; init; }

    /// <summary>The officer's unit then; empty for nobody.</summary>
    public required Guid UnitId { get; init; }
    public required DateTimeOffset Hour { get; init; }

    /// <summary>The last time.</summary>
    public DateTimeOffset At { get; set; }
    public long Count { get; set; }
    public required string Network { get; init; }
    public required string Device { get; init; }

    /// <summary>A word of <see cref="SignInOutcome"/>.</summary>
    public required string Outcome { get; init; }
}

/// <summary>What came of an attempt, as it is stored.</summary>
static class SignInOutcome
{
    public const string In = "in";
    public const string Out = "out";
    public const string Failed = "failed";

    /// <summary>The failure after which the door stays shut for a while.</summary>
    public const string LockedOut = "locked-out";

    /// <summary>Turned away unheard, because the door was shut.</summary>
    public const string Shut = "shut";

    public static readonly string[] Failures = [Failed, LockedOut, Shut];
}
