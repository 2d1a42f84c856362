using Loa.Jose;

namespace Loa.Contracts.Devices;

/// <summary>What is known of the boards that stand, or stood, at the speakers' places.</summary>
public interface IBoards
{
    /// <summary>The keys of all boards that ever had a place, from the acts that gave it to them.</summary>
    Task<IReadOnlyDictionary<string, PublicKey>> Keys(CancellationToken cancel);
}
