using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Loa.Kernel;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Hosting;

namespace Loa;

public sealed partial class HouseTests
{
    static readonly Assembly[] Modules = [.. House.Modules().Select(m => Assembly.Load("Loa." + m))];

    [Fact]
    public void A_module_shows_nothing_but_its_door()
    {
        // Razor gives no way to hide a component; the test of pages below keeps them from being used as doors.
        var shown =
            from module in Modules
            from type in module.GetExportedTypes()
            where
                !type.IsAssignableTo(typeof(IComponent))
                && type.Name != module.GetName().Name!["Loa.".Length..] + "Module"
                && type.Name != "_Imports"
            select type.FullName;

        Assert.Empty(shown);
    }

    [Fact]
    public void Every_use_case_is_in_the_table_of_contents()
    {
        foreach (var module in Modules)
        {
            var door = module.GetExportedTypes().Single(t => t.Name.EndsWith("Module", StringComparison.Ordinal));
            var listed = (
                (UseCases)door.GetField("UseCases", BindingFlags.Static | BindingFlags.NonPublic)!.GetValue(null)!
            ).Types.Where(t => !t.IsGenericType);
            var written = module.GetTypes().Where(t => t.IsAssignableTo(typeof(IUseCase)));

            Assert.Equal(written.OrderBy(t => t.FullName), listed.OrderBy(t => t.FullName));
        }
    }

    [Fact]
    public void A_library_knows_nothing_of_us_and_shared_knows_no_module()
    {
        var root = Root();
        foreach (
            var project in Directory.EnumerateFiles(
                Path.Combine(root, "libraries"),
                "*.csproj",
                SearchOption.AllDirectories
            )
        )
            Assert.All(References(project), r => Assert.StartsWith("libraries/", r));
        foreach (
            var project in Directory.EnumerateFiles(
                Path.Combine(root, "shared"),
                "*.csproj",
                SearchOption.AllDirectories
            )
        )
            Assert.All(References(project), r => Assert.DoesNotContain("modules/", r));
        foreach (
            var project in Directory.EnumerateFiles(
                Path.Combine(root, "modules"),
                "*.csproj",
                SearchOption.AllDirectories
            )
        )
            Assert.All(References(project), r => Assert.DoesNotContain("modules/", r));
    }

    [Fact]
    public void The_speaker_carries_nothing_of_the_server()
    {
        var parts = References(Path.Combine(Root(), "apps/Speaker/Speaker.csproj"));

        Assert.All(
            parts,
            r => Assert.True(r.StartsWith("libraries/", StringComparison.Ordinal) || r == "shared/Air/Air.csproj", r)
        );
    }

    [Fact]
    public void No_file_is_a_boulder()
    {
        // A codec or a table may be longer; each such file is named here.
        string[] allowed = ["VectorMaker.cs"];
        var boulders =
            from file in Source()
            let lines = File.ReadLines(file).Count()
            where lines > 300 && !allowed.Contains(Path.GetFileName(file))
            select $"{Path.GetRelativePath(Root(), file)}: {lines}";

        Assert.Empty(boulders);
    }

    [Fact]
    public void Nobody_walks_up_the_units_but_the_tree_that_knows_an_end()
    {
        // Acts of officers say who is whose parent: a loop over them ends only where rings are reckoned with.
        string[] allowed = ["UnitTree.cs", "UnitFaults.cs", "TreeRules.cs"];
        var walks =
            from file in Source().Where(f => !f.Contains("/tests/", StringComparison.Ordinal))
            where !allowed.Contains(Path.GetFileName(file))
            from line in File.ReadLines(file)
            where Walk().IsMatch(line)
            select $"{Path.GetRelativePath(Root(), file)}: {line.Trim()}";

        Assert.Empty(walks);
    }

    [GeneratedRegex(@"\b(for|while)\s*\(.*(Parent|Predecessor|Successor)")]
    private static partial Regex Walk();

    [Fact]
    public void No_folder_collects_everything()
    {
        string[] bags = ["Common", "Core", "Helpers", "Utils", "Utilities", "Managers", "Base", "Misc"];

        Assert.DoesNotContain(Source().SelectMany(f => Path.GetRelativePath(Root(), f).Split('/')), bags.Contains);
    }

    [Fact]
    public void Only_the_caller_knows_where_a_request_comes_from()
    {
        // A library of protocols knows no proxy: it is told the address by who serves with it.
        var askers =
            from file in Source()
            let path = Path.GetRelativePath(Root(), file)
            where !path.StartsWith("tests/", StringComparison.Ordinal)
            where path != "shared/Kernel/Web/Caller.cs"
            where File.ReadAllText(file) is var text && Origins.Any(o => text.Contains(o, StringComparison.Ordinal))
            select path;

        Assert.Empty(askers);
    }

    [Fact]
    public void What_the_security_page_names_as_a_test_is_one()
    {
        var page = File.ReadAllText(Path.Combine(Root(), "docs", "security.md"));
        var named = Regex.Matches(page, "`(\\w+Tests)`").Select(m => m.Groups[1].Value).Distinct().ToList();
        var there = Source().Select(Path.GetFileNameWithoutExtension).ToHashSet(StringComparer.Ordinal);

        Assert.NotEmpty(named);
        Assert.All(named, name => Assert.Contains(name, there));
    }

    static readonly string[] Origins = ["RemoteIpAddress", "X-Forwarded-", "IHttpConnectionFeature"];

    internal static IEnumerable<string> Source() =>
        new[] { "apps", "libraries", "modules", "shared", "tests" }
            .SelectMany(f => Directory.EnumerateFiles(Path.Combine(Root(), f), "*.cs", SearchOption.AllDirectories))
            .Where(f =>
                !f.Contains("/obj/", StringComparison.Ordinal)
                && !f.Contains("/node_modules/", StringComparison.Ordinal)
            );

    internal static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Loa.slnx")))
            folder =
                Path.GetDirectoryName(folder)
                ?? throw new InvalidOperationException("The tests run below the repository.");
        return folder;
    }

    static IEnumerable<string> References(string project) =>
        XDocument
            .Load(project)
            .Descendants("ProjectReference")
            .Select(r => r.Attribute("Include")!.Value.Replace("$(Root)", "", StringComparison.Ordinal));
}
