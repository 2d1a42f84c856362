using System.Globalization;

namespace Loa.Bench;

/// <summary>What stands on a show's command line: --name value, or --name alone.</summary>
public sealed class Given
{
    readonly Dictionary<string, string> values = [];

    public Given(IReadOnlyList<string> args, params string[] known)
    {
        for (var i = 0; i < args.Count; i++)
        {
            var name = args[i].StartsWith("--", StringComparison.Ordinal) ? args[i][2..] : "";
            if (!known.Contains(name) && name != "quick")
                throw new ArgumentException(
                    $"{args[i]} is not known. Known: --quick {string.Join(' ', known.Select(k => $"--{k} VALUE"))}"
                );
            values[name] = name == "quick" || i + 1 == args.Count ? "" : args[++i];
        }
    }

    /// <summary>A short look: the machinery is tried, the figures mean little.</summary>
    public bool Quick => values.ContainsKey("quick");

    public int Number(string name, int usual, int quick) =>
        values.TryGetValue(name, out var text) ? int.Parse(text, CultureInfo.InvariantCulture)
        : Quick ? quick
        : usual;

    public string Word(string name, string usual) => values.GetValueOrDefault(name, usual);
}
