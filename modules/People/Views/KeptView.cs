namespace Loa.People.Views;

/// <summary>A view as it is stored: a name stands once among an officer's views of one page.</summary>
sealed class KeptView
{
    public const int LongestName = 100;
    public const int LongestAddress = 2_000;

    public required Guid Id { get; init; }
    public required Guid OfficerId { get; init; }

    /// <summary>The address of the list, without what is asked of it.</summary>
    public required string Page { get; init; }
    public required string Name { get; init; }
    public required string Address { get; set; }
}
