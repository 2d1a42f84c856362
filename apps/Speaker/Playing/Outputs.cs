using System.Diagnostics.CodeAnalysis;

namespace Loa.Speaker.Playing;

/// <summary>The outputs there are, by the word that chooses them on the command line.</summary>
public static class Outputs
{
    static readonly Dictionary<string, Func<string, IOutput>> known = new()
    {
        ["null"] = _ => new NullOutput(),
        ["wav"] = folder => new WavOutput(folder.Length > 0 ? folder : ".", perHorn: false),
        ["wav-horns"] = folder => new WavOutput(folder.Length > 0 ? folder : ".", perHorn: true),
        ["alsa"] = device => new AlsaOutput(device.Length > 0 ? device : "default"),
    };

    /// <param name="choice"><c>null</c>, <c>wav:FOLDER</c>, <c>wav-horns:FOLDER</c> (a channel for each horn), <c>alsa</c> or <c>alsa:PCM</c>.</param>
    public static bool TryParse(string choice, [NotNullWhen(true)] out IOutput? output)
    {
        var colon = choice.IndexOf(':', StringComparison.Ordinal);
        var (word, rest) = colon < 0 ? (choice, "") : (choice[..colon], choice[(colon + 1)..]);
        output = known.TryGetValue(word, out var make) ? make(rest) : null;
        return output is not null;
    }
}
