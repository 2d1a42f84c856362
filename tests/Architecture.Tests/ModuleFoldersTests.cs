using System.Text.RegularExpressions;

namespace Loa;

/// <summary>The folders of a module stand on each other, never in a ring: each can be understood, and lifted out, with what is below it.</summary>
public sealed partial class ModuleFoldersTests
{
    // What is left of the rings. The list only shrinks: an edge that is gone must go from here too.
    static readonly string[] left =
    [
        "People: Officers → Sessions",
        "People: Officers → SignIn",
        "People: Security → Officers",
        "People: Security → SignIn",
        "People: Sessions → Officers",
        "People: Sessions → Security",
        "People: Sessions → SignIn",
        "People: SignIn → Officers",
        "People: SignIn → Security",
        "People: SignIn → Sessions",
    ];

    [Fact]
    public void No_folder_of_a_module_stands_on_one_that_stands_on_it() =>
        Assert.Equal(left, Modules().SelectMany(Rings).Order(StringComparer.Ordinal));

    [Fact]
    public void A_file_says_in_its_namespace_in_which_folder_it_lies()
    {
        var strayed =
            from module in Modules()
            from file in Files(module)
            let told = Namespace().Match(File.ReadAllText(file))
            where told.Success
            let path = Path.GetRelativePath(Path.Combine(HouseTests.Root(), "modules"), Path.GetDirectoryName(file)!)
            where told.Groups["name"].Value != "Loa." + path.Replace('/', '.')
            select Path.GetRelativePath(HouseTests.Root(), file);

        Assert.Empty(strayed);
    }

    static IEnumerable<string> Modules() =>
        Directory.EnumerateDirectories(Path.Combine(HouseTests.Root(), "modules")).Select(m => Path.GetFileName(m)!);

    static IEnumerable<string> Files(string module) =>
        Directory
            .EnumerateFiles(Path.Combine(HouseTests.Root(), "modules", module), "*", SearchOption.AllDirectories)
            .Where(f => f.EndsWith(".cs", StringComparison.Ordinal) || f.EndsWith(".razor", StringComparison.Ordinal))
            .Where(f => !f.Contains("/obj/", StringComparison.Ordinal));

    /// <summary>Each step from a folder to one from which a way leads back.</summary>
    static IEnumerable<string> Rings(string module)
    {
        var folder = Path.Combine(HouseTests.Root(), "modules", module);
        var files = Files(module)
            .ToLookup(f => Path.GetRelativePath(folder, f).Split('/') is [var first, _, ..] ? first : "");
        var folders = files.Select(f => f.Key).Where(f => f.Length > 0).ToHashSet(StringComparer.Ordinal);
        // What every page of the module imports, each folder with a page imports.
        var shared = files[""]
            .Where(f => Path.GetFileName(f) == "_Imports.razor")
            .SelectMany(f => Named(f, module, folders));
        var steps = folders.ToDictionary(
            f => f,
            f =>
                files[f]
                    .SelectMany(file => Named(file, module, folders))
                    .Concat(files[f].Any(file => file.EndsWith(".razor", StringComparison.Ordinal)) ? shared : [])
                    .Where(other => other != f)
                    .ToHashSet(StringComparer.Ordinal),
            StringComparer.Ordinal
        );
        return from step in steps
            from other in step.Value
            where Leads(steps, other, step.Key, [])
            select $"{module}: {step.Key} → {other}";
    }

    static bool Leads(Dictionary<string, HashSet<string>> steps, string from, string to, HashSet<string> seen) =>
        from == to || (seen.Add(from) && steps[from].Any(next => Leads(steps, next, to, seen)));

    /// <summary>The folders that a file names, by a using or as the beginning of a type's name.</summary>
    static IEnumerable<string> Named(string file, string module, HashSet<string> folders)
    {
        foreach (var line in File.ReadLines(file))
        {
            if (Using().Match(line) is { Success: true } used && used.Groups["module"].Value == module)
                yield return used.Groups["folder"].Value;
            else if (!line.TrimStart().StartsWith("//", StringComparison.Ordinal))
                foreach (Match named in Qualified().Matches(Text().Replace(line, "")))
                    if (folders.Contains(named.Groups["folder"].Value))
                        yield return named.Groups["folder"].Value;
        }
    }

    [GeneratedRegex(@"^@?using (static |\w+ = )?Loa\.(?<module>\w+)\.(?<folder>\w+)", RegexOptions.ExplicitCapture)]
    private static partial Regex Using();

    [GeneratedRegex(@"(?<![\w.@])(?<folder>[A-Z]\w+)\.[A-Z]", RegexOptions.ExplicitCapture)]
    private static partial Regex Qualified();

    [GeneratedRegex("\"[^\"]*\"")]
    private static partial Regex Text();

    [GeneratedRegex(@"^@?namespace (?<name>[\w.]+)", RegexOptions.ExplicitCapture | RegexOptions.Multiline)]
    private static partial Regex Namespace();
}
