namespace Loa.Bench.Runs;

/// <summary>Another program of this system, built as this one was.</summary>
public static class Sibling
{
    /// <summary>artifacts/bin/Traffic/release → artifacts/bin/Speaker/release/Loa.Speaker</summary>
    public static string Program(string project)
    {
        var mine = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd('/'));
        return Path.Combine(mine.Parent!.Parent!.FullName, project, mine.Name, $"Loa.{project}");
    }
}
