namespace Loa;

public sealed class TypeNamesTests
{
    [Fact]
    public void A_type_name_stands_once_in_the_house() =>
        Assert.Empty(Twins(["apps", "libraries", "modules", "shared"], HouseTests.Root()));

    [Fact]
    public void A_twin_is_seen()
    {
        var folder = Directory.CreateTempSubdirectory("loa-twins-").FullName;
        try
        {
            Write(
                folder,
                "One/Horn.cs",
                "namespace Some.One;\n\nsealed partial class Horn\n{\n    record Request;\n}\n"
            );
            Write(folder, "One/Horn.Sound.cs", "namespace Some.One;\n\npartial class Horn\n{\n    // class Siren\n}\n");
            Write(folder, "Two/Siren.cs", "namespace Some.Two;\n\nsealed class Siren\n{\n    record Request;\n}\n");
            Assert.Empty(Twins([folder], folder));

            Write(folder, "Two/Horn.razor", "<p>Horn</p>\n");
            Write(folder, "Three/Sounds.cs", "namespace Some.Three;\n\npublic enum Siren;\n");
            Assert.Equal(["Horn: One, Two", "Siren: Three, Two"], Twins([folder], folder));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>The names of types that stand in more than one folder, with the folders. What lies within a type is named with it.</summary>
    static IEnumerable<string> Twins(IEnumerable<string> parts, string root) =>
        parts
            .SelectMany(part => Directory.EnumerateFiles(Path.Combine(root, part), "*.*", SearchOption.AllDirectories))
            .Where(file =>
                !file.Contains("/obj/", StringComparison.Ordinal)
                && !file.Contains("/node_modules/", StringComparison.Ordinal)
                && Path.GetFileName(file) != "_Imports.razor"
            )
            .SelectMany(file =>
                Types(file)
                    .Select(name => (Name: name, Folder: Path.GetRelativePath(root, Path.GetDirectoryName(file)!)))
            )
            .Distinct()
            .GroupBy(type => type.Name, type => type.Folder)
            .Where(named => named.Count() > 1)
            .Select(named => $"{named.Key}: {string.Join(", ", named.Order(StringComparer.Ordinal))}")
            .Order(StringComparer.Ordinal);

    static IEnumerable<string> Types(string file) =>
        Path.GetExtension(file) switch
        {
            ".cs" => Folders.Declared(Folders.Code(file)),
            ".razor" => [Path.GetFileNameWithoutExtension(file)],
            _ => [],
        };

    static void Write(string folder, string name, string text)
    {
        var file = Path.Combine(folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }
}
