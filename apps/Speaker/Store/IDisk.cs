namespace Loa.Speaker.Store;

/// <summary>The little a speaker asks of its flash memory, so small that tests can cut the power at every byte.</summary>
interface IDisk
{
    /// <summary>Bytes that may still be written.</summary>
    long Free { get; }

    /// <summary>Null when there is no such file.</summary>
    long? Length(string name);

    byte[] Read(string name);

    /// <summary>For what may be too long for the memory.</summary>
    Stream OpenRead(string name);

    /// <summary>Opens for appending; makes the file when there is none.</summary>
    IDiskFile Open(string name);

    /// <summary>Takes the place of a file that has the new name.</summary>
    void Rename(string from, string to);

    void Delete(string name);

    /// <summary>With all that is in it; nothing happens when there is none.</summary>
    void DeleteFolder(string folder);

    /// <summary>After this, names made and changed in the folder outlive a power cut.</summary>
    void SyncFolder(string folder);

    IReadOnlyList<StoredFile> List(string folder);
}

/// <summary>A file that grows at its end.</summary>
interface IDiskFile : IDisposable
{
    long Length { get; }

    void Append(ReadOnlySpan<byte> bytes);

    void Truncate(long length);

    /// <summary>After this, what was appended outlives a power cut.</summary>
    void Sync();
}

/// <summary>One file of a folder.</summary>
sealed record StoredFile(string Name, long Length, DateTimeOffset Written);
