using System.Collections.Frozen;
using Loa.Kernel;

namespace Loa.Newsroom.Voices;

/// <summary>The voices that are there, by name.</summary>
sealed class VoiceCatalog(IEnumerable<IVoice> voices)
{
    readonly FrozenDictionary<string, IVoice> byName = voices.ToFrozenDictionary(v => v.Name, StringComparer.Ordinal);

    /// <summary>In the order in which they were registered; the first is taken when none is named.</summary>
    public IReadOnlyList<IVoice> All { get; } = [.. voices];

    public IVoice Find(string? name) =>
        name is null ? All[0]
        : byName.TryGetValue(name, out var voice) ? voice
        : throw new InvalidException("voice", "allowed-values");
}
