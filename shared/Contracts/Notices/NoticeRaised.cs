namespace Loa.Contracts.Notices;

/// <summary>
/// Something happened of which people are to learn: announced in the act's own transaction by the module where it happened, which
/// also gives the words. Who learns it is decided when it is read, by the right that its <see cref="NoticeKind"/> names.
/// </summary>
/// <param name="About">The thing; whatever is said of it later ends what waited for somebody before.</param>
/// <param name="Link">The page where one acts.</param>
/// <param name="Title">What the sentence calls the thing.</param>
[EventName("notice-raised")]
public sealed record NoticeRaised(string Kind, Guid About, Guid UnitId, string Link, string Title, DateTimeOffset At)
{
    /// <summary>Nobody is told anything: what waited for somebody waits no more.</summary>
    public const string Settled = "settled";

    /// <summary>The one officer who wants to know; all who hold the right when it is absent.</summary>
    public Guid? OnlyFor { get; init; }

    /// <summary>The officer who did it, who need not be told.</summary>
    public Guid? ByOfficer { get; init; }

    /// <summary>His name as it was then.</summary>
    public string By { get; init; } = "";

    /// <summary>What else the sentence says, the same in each language: a number.</summary>
    public string Detail { get; init; } = "";

    /// <summary>
    /// Each unit above it has a notice of its own that says the same of more: so this one is for those whose post is at this very
    /// unit, and each learns it once.
    /// </summary>
    public bool AtUnitOnly { get; init; }

    /// <summary>It is told at any hour.</summary>
    public bool Urgent { get; init; }
}
