using Loa.Cases;

namespace Loa.Devices.Rollouts;

/// <summary>A rollout as it stands; what was decided and how far it is come is read from its acts (<see cref="Plan"/>).</summary>
sealed record Rollout(Case Case) : ICase<Rollout>
{
    public static Procedure Procedure => RolloutProcedure.Definition;

    public static string Path => "/rollouts";

    public static Rollout Of(Case standing) => new(standing);
}
