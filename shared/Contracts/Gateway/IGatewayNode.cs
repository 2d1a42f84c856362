using Loa.Jose;

namespace Loa.Contracts.Gateway;

/// <summary>What this node knows of the speakers that are connected to it.</summary>
public interface IGatewayNode
{
    /// <summary>This node among several: the same after each start, another for each.</summary>
    string Name { get; }

    /// <summary>The name that speakers bind their proofs to.</summary>
    string ServerName { get; }

    /// <summary>Where it listens; as configured while it is closed.</summary>
    int Port { get; }

    /// <summary>Whether the speaker is here, though that may not be stored yet.</summary>
    bool Holds(Guid speaker);

    /// <summary>The key that the speaker has proved on its connection.</summary>
    PublicKey? KeyOf(Guid speaker);

    /// <summary>What the speaker said of itself on this connection; null when it is not here.</summary>
    Terms? TermsOf(Guid speaker);

    /// <summary>Whether the speaker said on this connection that it knows only the rules of before.</summary>
    bool IsOld(Guid speaker);

    /// <summary>What the speaker gave on this connection and was answered with; null before that.</summary>
    string? NonceOf(Guid speaker);
}
