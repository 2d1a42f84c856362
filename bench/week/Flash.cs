using Loa.Speaker.Store;

namespace Loa.Bench.Week;

/// <summary>The power was cut in the middle of something.</summary>
sealed class PowerCutException() : Exception("The power was cut.");

/// <summary>A speaker's flash memory: a power cut takes away a part, of any length, of whatever was not made durable.</summary>
sealed class Flash(Random random) : IDisk
{
    Dictionary<string, Content> names = [];
    Dictionary<string, Content> durableNames = [];
    int stepsLeft = int.MaxValue;
    bool isOff;

    public long Free => 4L << 30;

    /// <summary>The power goes after so many more steps.</summary>
    public void CutAfter(int steps) => stepsLeft = steps;

    public void CutNow() => isOff = true;

    /// <summary>The power is back.</summary>
    public void Restart()
    {
        (stepsLeft, isOff) = (int.MaxValue, false);
        names = new(durableNames);
        foreach (var content in names.Values)
            content.Lose(random);
    }

    public long? Length(string name) => names.TryGetValue(name, out var content) ? content.Length : null;

    public byte[] Read(string name) => names[name].Bytes.AsSpan(0, names[name].Length).ToArray();

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
        foreach (var file in List(folder))
            Delete($"{folder}/{file.Name}");
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
                .Select(entry => new StoredFile(entry.Key[(folder.Length + 1)..], entry.Value.Length, default)),
        ];

    void Step()
    {
        isOff |= stepsLeft-- <= 0;
        if (isOff)
            throw new PowerCutException();
    }

    sealed class Content
    {
        public byte[] Bytes { get; private set; } = [];

        public int Length { get; private set; }

        public int Durable { get; set; }

        public void Add(ReadOnlySpan<byte> more)
        {
            if (Length + more.Length > Bytes.Length)
            {
                var larger = new byte[Math.Max(Bytes.Length * 2, Length + more.Length)];
                Bytes.AsSpan(0, Length).CopyTo(larger);
                Bytes = larger;
            }
            more.CopyTo(Bytes.AsSpan(Length));
            Length += more.Length;
        }

        public void Cut(int length) => (Length, Durable) = (length, Math.Min(length, Durable));

        public void Lose(Random random)
        {
            Length = Durable + random.Next(Math.Max(0, Length - Durable) + 1);
            Durable = Length;
        }
    }

    sealed class Appending(Flash flash, Content content) : IDiskFile
    {
        public long Length => content.Length;

        public void Append(ReadOnlySpan<byte> bytes)
        {
            // The cut may come in the middle of it.
            if (!flash.isOff)
                content.Add(flash.stepsLeft == 0 ? bytes[..flash.Some(bytes.Length)] : bytes);
            flash.Step();
        }

        public void Truncate(long length)
        {
            flash.Step();
            content.Cut((int)length);
        }

        public void Sync()
        {
            flash.Step();
            content.Durable = content.Length;
        }

        public void Dispose() { }
    }

    int Some(int most) => random.Next(most + 1);
}
