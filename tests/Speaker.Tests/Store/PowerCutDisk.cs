using System.Text;

namespace Loa.Speaker.Store;

/// <summary>The power was cut.</summary>
sealed class PowerCutException() : Exception("The power was cut.");

/// <summary>How much of what was not yet durable the cut leaves behind.</summary>
public enum Leaves
{
    Nothing,
    HalfOfIt,
    Everything,
    Garbage,
}

/// <summary>A disk whose power is cut after a number of steps, each byte and each operation being one; what is not durable may or may not survive.</summary>
sealed class PowerCutDisk(Leaves leaves) : IDisk
{
    // Names as they are now, and as they were when their folder was last made durable.
    Dictionary<string, Content> names = [];
    Dictionary<string, Content> durableNames = [];

    /// <summary>Steps until the cut; no cut when it is never reached.</summary>
    public int StepsLeft { get; set; } = int.MaxValue;

    public long Free { get; set; } = long.MaxValue / 2;

    public int Steps { get; private set; }

    /// <summary>What is found when the power is back.</summary>
    public PowerCutDisk Restart()
    {
        var kept = leaves is Leaves.Nothing ? durableNames : names;
        return new PowerCutDisk(leaves)
        {
            names = kept.ToDictionary(entry => entry.Key, entry => entry.Value.After(leaves)),
            durableNames = kept.ToDictionary(entry => entry.Key, entry => entry.Value.After(leaves)),
        }.Shared();
    }

    public long? Length(string name) => names.TryGetValue(name, out var content) ? content.Bytes.Count : null;

    public byte[] Read(string name) => [.. names[name].Bytes];

    public Stream OpenRead(string name) => new MemoryStream(Read(name));

    public IDiskFile Open(string name)
    {
        Step();
        if (!names.TryGetValue(name, out var content))
            names[name] = content = new Content();
        return new Appending(this, content);
    }

    public void Rename(string from, string to)
    {
        Step();
        names.Remove(from, out var content);
        names[to] = content!;
    }

    public void Delete(string name)
    {
        Step();
        names.Remove(name);
    }

    public void DeleteFolder(string folder)
    {
        foreach (var name in names.Keys.Where(name => name.StartsWith($"{folder}/", StringComparison.Ordinal)).ToList())
            Delete(name);
    }

    public void SyncFolder(string folder)
    {
        Step();
        durableNames = new(names);
    }

    public IReadOnlyList<StoredFile> List(string folder) =>
        [
            .. names
                .Where(entry => entry.Key.StartsWith($"{folder}/", StringComparison.Ordinal))
                .Select(entry => new StoredFile(entry.Key[(folder.Length + 1)..], entry.Value.Bytes.Count, default)),
        ];

    public string Text(string name) => Encoding.UTF8.GetString(Read(name));

    void Step()
    {
        Steps++;
        if (StepsLeft-- <= 0)
            throw new PowerCutException();
    }

    // One file, though it stands in both lists.
    PowerCutDisk Shared()
    {
        foreach (var name in names.Keys)
            durableNames[name] = names[name];
        return this;
    }

    sealed class Content
    {
        public List<byte> Bytes { get; init; } = [];

        public byte[] Durable { get; set; } = [];

        public Content After(Leaves leaves)
        {
            byte[] left = leaves switch
            {
                Leaves.Nothing => Durable,
                Leaves.HalfOfIt => [.. Bytes.Take((Math.Min(Durable.Length, Bytes.Count) + Bytes.Count + 1) / 2)],
                Leaves.Garbage => [.. Bytes.Select((value, at) => at < Durable.Length ? value : (byte)(value ^ 0x5a))],
                _ => [.. Bytes],
            };
            return new Content { Bytes = [.. left], Durable = left };
        }
    }

    sealed class Appending(PowerCutDisk disk, Content content) : IDiskFile
    {
        public long Length => content.Bytes.Count;

        public void Append(ReadOnlySpan<byte> bytes)
        {
            foreach (var value in bytes)
            {
                disk.Step();
                content.Bytes.Add(value);
            }
        }

        public void Truncate(long length)
        {
            disk.Step();
            content.Bytes.RemoveRange((int)length, content.Bytes.Count - (int)length);
        }

        public void Sync()
        {
            disk.Step();
            content.Durable = [.. content.Bytes];
        }

        public void Dispose() { }
    }
}
