using Loa.Air;

namespace Loa.Speaker.Trust;

/// <summary>Who this speaker is since a person claimed it.</summary>
/// <param name="Server">The name that connection proofs are made for.</param>
/// <param name="Mqtt">host:port, or an address with a scheme</param>
/// <param name="Authority">The one that may vouch for the server by TLS (PEM); the public ones when absent.</param>
sealed record Identity(Guid Speaker, string Server, string Mqtt, string? Authority = null);

/// <summary>The commands taken already, as kept over a power cut.</summary>
sealed record NonceNote(IReadOnlyList<SeenNonce> Seen, DateTimeOffset Floor)
{
    public static NonceNote Of(NonceMemory memory) => new(memory.Seen, memory.Floor);

    public NonceMemory Open() => new(Seen, Floor);
}
