using System.Runtime.InteropServices;

namespace Loa.Posix;

/// <summary>Keeps what a program writes from the other users of its machine.</summary>
public static partial class OwnerOnly
{
    const UnixFileMode Others = UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;
    const UnixFileMode Group = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute;

    /// <summary>From now on every file and folder that this process or its children make is their owner's alone.</summary>
    public static void FromNowOn()
    {
        if (!OperatingSystem.IsWindows())
            _ = SetMask(Convert.ToUInt32("077", 8));
    }

    /// <summary>
    /// Shuts a folder to all but its owner and his group, which an operator may have let in to make copies; throws
    /// <see cref="UnauthorizedAccessException"/> when it is another's.
    /// </summary>
    /// <returns>Whether it stood open.</returns>
    public static bool ShutFolder(string path) => Take(path, Others);

    /// <summary>Takes a private key's file from everybody but its owner.</summary>
    /// <returns>Whether it stood open.</returns>
    public static bool ShutKey(string path) => Take(path, Others | Group);

    static bool Take(string path, UnixFileMode away)
    {
        if (OperatingSystem.IsWindows())
            return false;
        var mode = File.GetUnixFileMode(path);
        if ((mode & away) == UnixFileMode.None)
            return false;
        File.SetUnixFileMode(path, mode & ~away);
        return true;
    }

    [LibraryImport("libc", EntryPoint = "umask")]
    private static partial uint SetMask(uint mask);
}
