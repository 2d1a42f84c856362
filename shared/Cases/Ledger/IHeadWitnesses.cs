namespace Loa.Cases;

/// <summary>Knows the heads that others wrote down in their own hand, where this server cannot change them.</summary>
public interface IHeadWitnesses
{
    /// <summary>Those of one module's ledger, which it must still contain.</summary>
    Task<IReadOnlyList<Anchor>> Heads(string module, CancellationToken cancel);
}
