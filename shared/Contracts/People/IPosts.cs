namespace Loa.Contracts.People;

/// <summary>A post in force: this officer acts in this role for this unit and all below it.</summary>
public sealed record HeldPost(Guid Id, Guid OfficerId, string OfficerName, Guid UnitId, string Role);

/// <summary>What the other modules ask of officers and their posts.</summary>
public interface IPosts
{
    /// <summary>The posts the officer holds at this moment; empty for an unknown or locked officer.</summary>
    ValueTask<IReadOnlyList<HeldPost>> Of(Guid officerId, CancellationToken cancel);
}
