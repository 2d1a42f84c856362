using Loa.Kernel;

namespace Loa.Newsroom.Voices;

/// <summary>Where reading aloud goes on; what is finished lies elsewhere.</summary>
sealed class RenderingFolders(Storage storage)
{
    const long LeastRoom = 8 * 1024 * 1024;

    // A letter takes a twelfth of a second; raw, cut, tried and mastered it lies there at once.
    const int RoomOfLetter = 32 * 1024;

    readonly string all = storage.FolderOf("renderings");

    /// <exception cref="NoRoomException">So many letters will not fit: a voice that runs out of room ends as if all were well.</exception>
    public Folder Open(int letters)
    {
        if (new DriveInfo(all).AvailableFreeSpace < LeastRoom + (long)letters * RoomOfLetter)
            throw new NoRoomException();
        return new(Directory.CreateDirectory(Path.Combine(all, Guid.CreateVersion7().ToString())));
    }

    /// <summary>Throws away what a server that was killed left half rendered; nobody ever saw it.</summary>
    public void Clear()
    {
        foreach (var folder in Directory.EnumerateDirectories(all))
            Directory.Delete(folder, recursive: true);
    }

    /// <summary>A folder of one piece of work, gone with it.</summary>
    internal sealed class Folder(DirectoryInfo folder) : IDisposable
    {
        public string this[string file] => Path.Combine(folder.FullName, file);

        public void Dispose() => folder.Delete(recursive: true);
    }
}
