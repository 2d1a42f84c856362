using System.Collections.Frozen;
using Loa.Kernel;
using Microsoft.Extensions.Options;

namespace Loa.Newsroom.Voices;

/// <summary>The voices that are there, by name, and how quickly they read.</summary>
sealed class VoiceCatalog(IEnumerable<IVoice> voices, IOptions<RenderingOptions> options)
{
    readonly FrozenDictionary<string, IVoice> byName = voices.ToFrozenDictionary(v => v.Name, StringComparer.Ordinal);

    /// <summary>In the order in which they were registered; the first is taken when none is named.</summary>
    public IReadOnlyList<IVoice> All { get; } = [.. voices];

    public IVoice Find(string? name) =>
        name is null ? All[0]
        : byName.TryGetValue(name, out var voice) ? voice
        : throw new InvalidException("voice", "allowed-values");

    /// <summary>The province's pace where none is named.</summary>
    public ReadingPace PaceOf(int? syllablesPerMinute) => new(syllablesPerMinute ?? options.Value.Pace);

    /// <summary>What this voice is to read of a text.</summary>
    public ReadingScript ScriptOf(string text, string? name, int? syllablesPerMinute) =>
        ReadingScript.Of(text, Find(name), PaceOf(syllablesPerMinute));
}
