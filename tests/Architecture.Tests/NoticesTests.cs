using System.Text.Json;
using System.Text.RegularExpressions;

namespace Loa;

/// <summary>What others made travels with its licence.</summary>
public sealed partial class NoticesTests
{
    // Used for building and testing only; none of it is given to anybody.
    static readonly string[] tools =
    [
        "xunit.v3",
        "FsCheck",
        "Microsoft.Playwright",
        "Microsoft.CodeAnalysis.BannedApiAnalyzers",
        "Meziantou.Analyzer",
    ];

    [Fact]
    public void Everything_that_travels_is_in_the_notices()
    {
        var notices = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "THIRD-PARTY-NOTICES.txt"));
        using var web = JsonDocument.Parse(File.ReadAllText(Path.Combine(Root, "shared/Ui/package.json")));
        var packages = Package()
            .Matches(File.ReadAllText(Path.Combine(Root, "Directory.Packages.props")))
            .Select(match => match.Groups["name"].Value)
            .Where(IsUsed)
            .Except(tools)
            .Concat(web.RootElement.GetProperty("dependencies").EnumerateObject().Select(d => d.Name));

        Assert.All(packages, name => Assert.Contains(name, notices, StringComparison.Ordinal));
    }

    static string Root
    {
        get
        {
            var folder = AppContext.BaseDirectory;
            while (!File.Exists(Path.Combine(folder, "Loa.slnx")))
                folder = Path.GetDirectoryName(folder)!;
            return folder;
        }
    }

    static bool IsUsed(string package) =>
        ((string[])["apps", "modules", "shared", "libraries"])
            .SelectMany(part =>
                Directory.EnumerateFiles(Path.Combine(Root, part), "*.csproj", SearchOption.AllDirectories)
            )
            .Any(project => File.ReadAllText(project).Contains($"\"{package}\"", StringComparison.Ordinal));

    [GeneratedRegex("PackageVersion Include=\"(?<name>[^\"]+)\"", RegexOptions.ExplicitCapture)]
    private static partial Regex Package();
}
