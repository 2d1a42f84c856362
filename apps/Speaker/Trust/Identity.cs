using Loa.Air;

namespace Loa.Speaker.Trust;

/// <summary>Who this speaker is since a person claimed it.</summary>
/// <param name="Server">The name that connection proofs are made for.</param>
/// <param name="Mqtt">host:port</param>
sealed record Identity(Guid Speaker, string Server, string Mqtt);

/// <summary>The commands taken already, as kept over a power cut.</summary>
sealed record NonceNote(IReadOnlyList<SeenNonce> Seen, DateTimeOffset Floor)
{
    public static NonceNote Of(NonceMemory memory) => new(memory.Seen, memory.Floor);

    public NonceMemory Open() => new(Seen, Floor);
}
