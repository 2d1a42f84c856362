using System.Runtime.Versioning;

namespace Loa.Server.Start;

[UnsupportedOSPlatform("windows")]
public sealed class DataFolderTests
{
    const UnixFileMode Foreign =
        UnixFileMode.OtherRead
        | UnixFileMode.OtherWrite
        | UnixFileMode.OtherExecute
        | UnixFileMode.GroupRead
        | UnixFileMode.GroupWrite
        | UnixFileMode.GroupExecute;

    [Fact]
    public async Task What_the_server_writes_is_nobody_elses_and_a_folder_that_stood_open_is_shut()
    {
        await using var server = new RunningServer { IsAsDelivered = true };
        await server.InitializeAsync();
        var all = Directory.EnumerateFileSystemEntries(server.Folder, "*", SearchOption.AllDirectories).ToList();
        Assert.Contains(all, f => f.EndsWith("server.pem", StringComparison.Ordinal));
        Assert.All(all, f => Assert.True(IsShut(f), f));

        // As an older server left it.
        var key = Path.Combine(server.Folder, "keys", "server.pem");
        File.SetUnixFileMode(server.Folder, (UnixFileMode)Convert.ToInt32("755", 8));
        File.SetUnixFileMode(key, (UnixFileMode)Convert.ToInt32("644", 8));
        await server.Restart();

        Assert.Equal((UnixFileMode)Convert.ToInt32("750", 8), File.GetUnixFileMode(server.Folder));
        Assert.Equal((UnixFileMode)Convert.ToInt32("600", 8), File.GetUnixFileMode(key));
    }

    static bool IsShut(string path)
    {
        try
        {
            return (File.GetUnixFileMode(path) & Foreign) == UnixFileMode.None;
        }
        catch (FileNotFoundException)
        {
            // SQLite has taken its log away meanwhile.
            return true;
        }
    }

    [Fact]
    public async Task What_was_half_done_when_a_server_was_killed_is_gone_after_the_next_start()
    {
        await using var server = new RunningServer();
        await server.InitializeAsync();
        var paper = Path.Combine(server.Folder, "papers", "incoming", Guid.CreateVersion7().ToString());
        var reading = Path.Combine(server.Folder, "renderings", Guid.CreateVersion7().ToString());
        Directory.CreateDirectory(Path.GetDirectoryName(paper)!);
        await File.WriteAllTextAsync(paper, "half");
        Directory.CreateDirectory(reading);
        await File.WriteAllTextAsync(Path.Combine(reading, "voice.wav"), "half");

        await server.Restart();

        Assert.False(File.Exists(paper));
        Assert.False(Directory.Exists(reading));
    }
}
