using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Loa.Speaker.Store;

/// <summary>A folder of the real file system.</summary>
/// <param name="durable">
/// False for a fleet of simulated speakers: they share one disk, where a thousand real ones would each have their own.
/// </param>
sealed partial class Disk(string root, bool durable = true) : IDisk
{
    public long Free => new DriveInfo(Path.GetFullPath(root)).AvailableFreeSpace;

    public long? Length(string name)
    {
        var file = new FileInfo(At(name));
        return file.Exists ? file.Length : null;
    }

    public byte[] Read(string name) => File.ReadAllBytes(At(name));

    public Stream OpenRead(string name) => File.OpenRead(At(name));

    public IDiskFile Open(string name)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(name))!);
        return new Appending(At(name), durable);
    }

    public void Rename(string from, string to) => File.Move(At(from), At(to), overwrite: true);

    public void Delete(string name)
    {
        // There may not even be the folder yet.
        if (File.Exists(At(name)))
            File.Delete(At(name));
    }

    public void DeleteFolder(string folder)
    {
        if (Directory.Exists(At(folder)))
            Directory.Delete(At(folder), recursive: true);
    }

    public void SyncFolder(string folder)
    {
        if (!durable || OperatingSystem.IsWindows())
            return;
        var descriptor = OpenFolder(At(folder), 0);
        if (descriptor < 0)
            throw new IOException($"The folder {At(folder)} cannot be opened (error {Marshal.GetLastPInvokeError()}).");
        var failed = Sync(descriptor) != 0;
        _ = Close(descriptor);
        if (failed)
            throw new IOException($"The folder {At(folder)} cannot be made durable.");
    }

    public IReadOnlyList<StoredFile> List(string folder)
    {
        var at = new DirectoryInfo(At(folder));
        return at.Exists
            ? [.. at.EnumerateFiles().Select(file => new StoredFile(file.Name, file.Length, Written(file)))]
            : [];
    }

    static DateTimeOffset Written(FileInfo file) => new(file.LastWriteTimeUtc, TimeSpan.Zero);

    string At(string name) => Path.Combine(root, name);

    // The framework opens no folders, and only an open folder can be made durable.
    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int OpenFolder(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync")]
    private static partial int Sync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);

    sealed class Appending(string path, bool durable) : IDiskFile
    {
        readonly SafeFileHandle handle = File.OpenHandle(
            path,
            FileMode.OpenOrCreate,
            FileAccess.ReadWrite,
            FileShare.Read
        );

        public long Length => RandomAccess.GetLength(handle);

        public void Append(ReadOnlySpan<byte> bytes) => RandomAccess.Write(handle, bytes, Length);

        public void Truncate(long length) => RandomAccess.SetLength(handle, length);

        public void Sync()
        {
            if (durable)
                RandomAccess.FlushToDisk(handle);
        }

        public void Dispose() => handle.Dispose();
    }
}
