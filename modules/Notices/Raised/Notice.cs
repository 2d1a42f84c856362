namespace Loa.Notices.Raised;

/// <summary>A notice as it is kept: once for all who see it.</summary>
sealed class Notice
{
    /// <summary>The order in which they came.</summary>
    public long Id { get; private init; }

    /// <summary>Of the announcement, so that one told twice is kept once.</summary>
    public required Guid Key { get; init; }
    public required string Kind { get; init; }
    public required Guid About { get; init; }
    public required Guid UnitId { get; init; }
    public required string Link { get; init; }
    public required string Title { get; init; }
    public required string Detail { get; init; }
    public required string By { get; init; }
    public required Guid? ByOfficer { get; init; }
    public required Guid? OnlyFor { get; init; }
    public required bool Urgent { get; init; }

    /// <summary>For those whose post is at its very unit.</summary>
    public required bool AtUnitOnly { get; init; }
    public required DateTimeOffset At { get; set; }

    /// <summary>When it no longer waited for anybody.</summary>
    public DateTimeOffset? EndedAt { get; init; }
}
