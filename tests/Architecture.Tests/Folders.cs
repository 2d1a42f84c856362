using System.Text.RegularExpressions;

namespace Loa;

/// <summary>Which folder of a project uses which, by what its files say.</summary>
sealed partial class Folders
{
    const string Top = ".";

    readonly Dictionary<string, HashSet<string>> uses = [];

    /// <param name="project">The folder of the project, from the root of the repository.</param>
    /// <param name="space">The namespace of its topmost folder.</param>
    public Folders(string project, string space)
    {
        var files = Directory
            .EnumerateFiles(Path.Combine(HouseTests.Root(), project), "*.*", SearchOption.AllDirectories)
            .Where(file =>
                file.EndsWith(".cs", StringComparison.Ordinal) || file.EndsWith(".razor", StringComparison.Ordinal)
            )
            .Select(file => Path.GetRelativePath(Path.Combine(HouseTests.Root(), project), file))
            .Where(file =>
                !file.StartsWith("obj/", StringComparison.Ordinal)
                && !file.StartsWith("_Imports", StringComparison.Ordinal)
            )
            .GroupBy(file =>
                file.Contains('/', StringComparison.Ordinal) ? file[..file.IndexOf('/', StringComparison.Ordinal)] : Top
            )
            .ToDictionary(
                folder => folder.Key,
                folder => folder.Select(file => Code(Path.Combine(HouseTests.Root(), project, file))).ToList()
            );
        var types = files.ToDictionary(folder => folder.Key, folder => folder.Value.SelectMany(Declared).ToHashSet());
        foreach (var (folder, texts) in files)
        {
            uses[folder] =
            [
                .. files.Keys.Where(other =>
                    other != folder && texts.Exists(text => Uses(text, space, other, types[other]))
                ),
            ];
        }
    }

    /// <summary>The folders that use one another in a circle, each set once; empty when there is an order in which none needs a later one.</summary>
    public IEnumerable<string> Circles() =>
        uses
            .Keys.Select(folder => Reached(folder).Where(other => Reached(other).Contains(folder)).Order().ToList())
            .Where(circle => circle.Count > 0)
            .Select(circle => string.Join(" ↔ ", circle))
            .Distinct();

    HashSet<string> Reached(string from)
    {
        var reached = new HashSet<string>();
        var open = new Queue<string>(uses[from]);
        while (open.TryDequeue(out var folder))
        {
            if (reached.Add(folder))
                foreach (var next in uses[folder])
                    open.Enqueue(next);
        }
        return reached;
    }

    // What lies above needs no using; what lies beside may also be named half.
    static bool Uses(string text, string space, string folder, HashSet<string> types) =>
        folder == Top
            ? Words().Matches(text).Any(word => types.Contains(word.Value))
            : Regex.IsMatch(text, $@"using (static )?{Regex.Escape(space)}\.{folder}\b")
                || Regex
                    .Matches(text, $@"(?<!\.)\b{folder}\.(?<name>\w+)")
                    .Any(half => types.Contains(half.Groups["name"].Value));

    /// <summary>What a file says, without its comments.</summary>
    public static string Code(string file) => Comments().Replace(File.ReadAllText(file), "");

    /// <summary>The types at the edge of a text; what lies within a type is named with it.</summary>
    public static IEnumerable<string> Declared(string text) =>
        Types().Matches(text).Select(type => type.Groups["name"].Value);

    [GeneratedRegex(@"//.*")]
    private static partial Regex Comments();

    [GeneratedRegex(@"(?<![.\w])[A-Z]\w*")]
    private static partial Regex Words();

    [GeneratedRegex(
        @"^(?:public |internal |file |static |sealed |abstract |readonly |partial |ref )*(?:class|record struct|record|struct|interface|enum|delegate [\w<>?,\[\] ]+?) (?<name>\w+)",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture
    )]
    private static partial Regex Types();
}
