using System.Security.Cryptography;
using System.Text;

namespace Loa.Jose;

/// <summary>A small file for its owner's eyes only, there whole or not at all.</summary>
static class PrivateFile
{
    const UnixFileMode Others =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    public static string Read(string path)
    {
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & Others) != UnixFileMode.None)
            throw new CryptographicException($"The key file {path} is open to others; set its mode to 0600.");
        return File.ReadAllText(path);
    }

    public static void Create(string path, string text)
    {
        var target = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        var draft = $"{target}.{Guid.CreateVersion7():n}.tmp";
        try
        {
            Write(draft, text);
            File.Move(draft, target, overwrite: false);
        }
        finally
        {
            File.Delete(draft);
        }
    }

    static void Write(string path, string text)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var file = new FileStream(path, options);
        file.Write(Encoding.ASCII.GetBytes(text));
        file.Flush(flushToDisk: true);
    }
}
