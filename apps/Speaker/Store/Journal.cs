using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Loa.Speaker.Store;

/// <summary>All that a speaker must remember over a power cut: keys and values, changed in batches that happen whole or not at all.</summary>
/// <remarks>
/// A log of batches, each with a check sum and made durable before <see cref="Commit"/> returns. What a power cut left of
/// the last batch is cut off on opening. A log with much dead weight is written anew beside the old one, which it replaces
/// by name.
/// </remarks>
sealed class Journal : IDisposable
{
    const string Name = "notes";
    const string Draft = "notes.new";
    const long SpareBytes = 64 * 1024;
    const long Scarce = 1024 * 1024;

    readonly Lock gate = new();
    readonly IDisk disk;
    readonly SortedDictionary<string, byte[]> values = new(StringComparer.Ordinal);
    readonly long spareBytes;
    IDiskFile log;
    long length;
    long liveBytes;
    bool broken;

    public Journal(IDisk disk, long spareBytes = SpareBytes)
    {
        (this.disk, this.spareBytes) = (disk, spareBytes);
        disk.Delete(Draft);
        log = disk.Open(Name);
        Recover();
        // The name must outlive a power cut before anything in the file can.
        disk.SyncFolder("");
    }

    /// <summary>Frees so many bytes when the disk is full; what must be remembered is worth more than what can be fetched again.</summary>
    public Func<long, bool>? MakeRoom { get; set; }

    /// <summary>Bytes of a torn batch that were cut off on opening.</summary>
    public long Torn { get; private set; }

    public string? Text(string key)
    {
        lock (gate)
            return values.TryGetValue(key, out var value) ? Encoding.UTF8.GetString(value) : null;
    }

    public T? Value<T>(string key, JsonTypeInfo<T> shape)
        where T : class
    {
        lock (gate)
            return values.TryGetValue(key, out var value) ? JsonSerializer.Deserialize(value, shape) : null;
    }

    public IReadOnlyList<string> Keys(string prefix)
    {
        lock (gate)
            return [.. values.Keys.Where(key => key.StartsWith(prefix, StringComparison.Ordinal))];
    }

    /// <summary>Remembers the changes; when it returns, no power cut can undo them.</summary>
    public void Commit(WriteBatch changes)
    {
        if (changes.List.Count == 0)
            return;
        lock (gate)
        {
            if (broken)
                throw new IOException("The journal could not be written before and cannot be trusted any more.");
            Keep(JournalFrame.Write(changes.List));
            Apply(changes.List);
            if (length > (2 * liveBytes) + spareBytes)
                Rewrite();
        }
    }

    public void Dispose() => log.Dispose();

    void Keep(byte[] frame)
    {
        try
        {
            Append(frame);
        }
        catch (IOException) when (!broken && disk.Free < Scarce + frame.Length && MakeRoom?.Invoke(Scarce) == true)
        {
            Append(frame);
        }
    }

    void Append(byte[] frame)
    {
        try
        {
            log.Append(frame);
            log.Sync();
            length += frame.Length;
        }
        catch (IOException)
        {
            // Half a batch would hide all batches after it; without certainty that it is gone nothing may follow.
            broken = true;
            log.Truncate(length);
            log.Sync();
            broken = false;
            throw;
        }
    }

    void Recover()
    {
        var bytes = disk.Read(Name).AsSpan();
        while (JournalFrame.TryRead(bytes[(int)length..], out var frame, out var changes))
        {
            Apply(changes);
            length += frame;
        }
        Torn = bytes.Length - length;
        if (Torn == 0)
            return;
        log.Truncate(length);
        log.Sync();
    }

    void Apply(IReadOnlyCollection<KeyValuePair<string, byte[]?>> changes)
    {
        foreach (var (key, value) in changes)
        {
            if (values.Remove(key, out var before))
                liveBytes -= key.Length + before.Length;
            if (value is null)
                continue;
            values[key] = value;
            liveBytes += key.Length + value.Length;
        }
    }

    void Rewrite()
    {
        disk.Delete(Draft);
        var draft = disk.Open(Draft);
        try
        {
            // An empty batch is no batch: an empty journal is an empty file.
            if (values.Count > 0)
                draft.Append(
                    JournalFrame.Write([
                        .. values.Select(entry => KeyValuePair.Create(entry.Key, (byte[]?)entry.Value)),
                    ])
                );
            draft.Sync();
            disk.Rename(Draft, Name);
        }
        catch (IOException)
        {
            // The old log is whole; the next commit tries again.
            draft.Dispose();
            return;
        }
        // From here on the old log has no name: whatever is not durable under the new one is not durable at all.
        broken = true;
        disk.SyncFolder("");
        log.Dispose();
        (log, length) = (draft, draft.Length);
        broken = false;
    }
}
