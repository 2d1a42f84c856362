using Loa.Speaker.Store;

namespace Loa.Fleet.Simulation;

/// <summary>A disk that is full when it is told to be: what it holds can be read, nothing can be added.</summary>
sealed class FillingDisk(IDisk disk, Func<bool> isFull) : IDisk
{
    public long Free => isFull() ? 0 : disk.Free;

    public long? Length(string name) => disk.Length(name);

    public byte[] Read(string name) => disk.Read(name);

    public Stream OpenRead(string name) => disk.OpenRead(name);

    public IDiskFile Open(string name) => new FillingFile(disk.Open(name), isFull);

    public void Rename(string from, string to) => disk.Rename(from, to);

    public void Delete(string name) => disk.Delete(name);

    public void DeleteFolder(string folder) => disk.DeleteFolder(folder);

    public void SyncFolder(string folder) => disk.SyncFolder(folder);

    public IReadOnlyList<StoredFile> List(string folder) => disk.List(folder);

    sealed class FillingFile(IDiskFile file, Func<bool> isFull) : IDiskFile
    {
        public long Length => file.Length;

        public void Append(ReadOnlySpan<byte> bytes)
        {
            if (isFull())
                throw new IOException("No space left on device");
            file.Append(bytes);
        }

        public void Truncate(long length) => file.Truncate(length);

        public void Sync() => file.Sync();

        public void Dispose() => file.Dispose();
    }
}
