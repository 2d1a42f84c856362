using System.Text.RegularExpressions;

namespace Loa;

/// <summary>The folders of a module stand on each other, never in a ring: each can be understood, and lifted out, with what is below it.</summary>
public sealed partial class ModuleFoldersTests
{
    [Fact]
    public void No_folder_of_a_module_stands_on_one_that_stands_on_it() =>
        Assert.Empty(Modules().SelectMany(module => Rings(module, House)));

    [Fact]
    public void A_ring_is_seen()
    {
        var house = Directory.CreateTempSubdirectory("loa-rings-").FullName;
        try
        {
            Write(house, "Field/Barley/Sow.cs", "using Loa.Field.Tools;\n\nnamespace Loa.Field.Barley;\n");
            Write(
                house,
                "Field/Tools/Plough.cs",
                "namespace Loa.Field.Tools;\n\n// Barley.Sow\nsealed class Plough;\n"
            );
            Write(house, "Field/Tools/Horse.cs", "using Loa.Other.Barley;\n\nnamespace Loa.Field.Tools;\n");
            Assert.Empty(Rings("Field", house));

            Write(house, "Field/Tools/Seed.cs", "namespace Loa.Field.Tools;\n\nsealed class Seed(Barley.Sow sow);\n");
            Assert.Equal(
                ["Field: Barley → Tools", "Field: Tools → Barley"],
                Rings("Field", house).Order(StringComparer.Ordinal)
            );
        }
        finally
        {
            Directory.Delete(house, recursive: true);
        }
    }

    [Fact]
    public void A_file_says_in_its_namespace_in_which_folder_it_lies()
    {
        var strayed =
            from module in Modules()
            from file in Files(module, House)
            let told = Namespace().Match(File.ReadAllText(file))
            where told.Success
            let path = Path.GetRelativePath(House, Path.GetDirectoryName(file)!)
            where told.Groups["name"].Value != "Loa." + path.Replace('/', '.')
            select Path.GetRelativePath(HouseTests.Root(), file);

        Assert.Empty(strayed);
    }

    static string House => Path.Combine(HouseTests.Root(), "modules");

    static IEnumerable<string> Modules() => Directory.EnumerateDirectories(House).Select(m => Path.GetFileName(m)!);

    static IEnumerable<string> Files(string module, string house) =>
        Directory
            .EnumerateFiles(Path.Combine(house, module), "*", SearchOption.AllDirectories)
            .Where(f => f.EndsWith(".cs", StringComparison.Ordinal) || f.EndsWith(".razor", StringComparison.Ordinal))
            .Where(f => !f.Contains("/obj/", StringComparison.Ordinal));

    /// <summary>Each step from a folder to one from which a way leads back.</summary>
    static IEnumerable<string> Rings(string module, string house)
    {
        var folder = Path.Combine(house, module);
        var files = Files(module, house)
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

    static void Write(string house, string name, string text)
    {
        var file = Path.Combine(house, name);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
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
