using Loa.Kernel;
using Loa.Papers;
using Microsoft.Extensions.Options;

namespace Loa.Newsroom.Voices;

/// <summary>
/// Keeps each sentence that was read, named by what makes it sound as it does, so that it is not read twice. What was not used
/// longest goes when they take too much room: each can be read anew.
/// </summary>
sealed class SentenceStore(Storage storage, IOptions<RenderingOptions> options, TimeProvider clock)
{
    const string master = ".wav";
    const string air = ".opus";

    // 48 kHz, 16 bit; what stands before them is a header.
    const double bytesPerSecond = 96_000;
    const int header = 44;

    // Somebody may be about to put them together.
    static readonly TimeSpan untouched = TimeSpan.FromMinutes(30);

    // To look at all of them takes longer than to write one.
    const int betweenTrims = 50;

    readonly string folder = storage.FolderOf("sentences");
    readonly Lock trimming = new();
    int put;

    /// <summary>Null when it was never read, or is gone.</summary>
    public SentenceSound? Find(string key)
    {
        var sound = At(key);
        if (!sound.IsWhole)
            return null;
        // By this the oldest are told from those in use.
        File.SetLastWriteTimeUtc(sound.Air, clock.GetUtcNow().UtcDateTime);
        return sound;
    }

    public TimeSpan? LengthOf(string key) =>
        new FileInfo(At(key).Master) is { Exists: true } file ? LengthOf(file) : null;

    public static TimeSpan LengthOf(FileInfo master) => TimeSpan.FromSeconds((master.Length - header) / bytesPerSecond);

    /// <summary>Takes both files over.</summary>
    public SentenceSound Put(string key, string masterPath, string airPath)
    {
        var sound = At(key);
        Directory.CreateDirectory(Path.GetDirectoryName(sound.Master)!);
        // By what is heard it is found when it grows old, be the other half there or not.
        File.Move(airPath, sound.Air, overwrite: true);
        File.Move(masterPath, sound.Master, overwrite: true);
        File.SetLastWriteTimeUtc(sound.Air, clock.GetUtcNow().UtcDateTime);
        if (Interlocked.Increment(ref put) % betweenTrims == 1)
            Trim();
        return sound;
    }

    /// <summary>All of them, the one not used longest first.</summary>
    public IReadOnlyList<(string Key, DateTimeOffset Used, long Bytes)> All() =>
        [
            .. new DirectoryInfo(folder)
                .EnumerateFiles("*" + air, SearchOption.AllDirectories)
                .Select(file => (Path.GetFileNameWithoutExtension(file.Name), file.LastWriteTimeUtc, file.Length))
                .Select(f => (f.Item1, new DateTimeOffset(f.Item2, TimeSpan.Zero), f.Item3 + MasterOf(f.Item1)))
                .OrderBy(f => f.Item2),
        ];

    public void Forget(string key)
    {
        var sound = At(key);
        File.Delete(sound.Air);
        File.Delete(sound.Master);
    }

    SentenceSound At(string key) =>
        // Checked, for it comes from an address.
        PaperStore.IsDigest(key)
            ? new(key, Path.Combine(folder, key[..2], key + master), Path.Combine(folder, key[..2], key + air))
            : throw new MissingException("sound");

    long MasterOf(string key) => new FileInfo(At(key).Master) is { Exists: true } file ? file.Length : 0;

    /// <summary>Keeps them within their room.</summary>
    public void Trim()
    {
        lock (trimming)
        {
            var all = All();
            var total = all.Sum(s => s.Bytes);
            var limit = clock.GetUtcNow() - untouched;
            foreach (var (key, _, bytes) in all.TakeWhile(s => s.Used < limit))
            {
                if (total <= options.Value.MostSentenceBytes)
                    return;
                Forget(key);
                total -= bytes;
            }
        }
    }
}
