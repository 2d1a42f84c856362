using System.Text;

namespace Loa.Speaker.Store;

/// <summary>The newest part of the event log on disk, never more than half a mebibyte.</summary>
sealed class LogRing(IDisk disk)
{
    const string Now = "log/now";
    const string Before = "log/before";
    const int Most = 256 * 1024;

    readonly Lock gate = new();

    // Not made durable: a lost last line is worth less than the flash it would wear out.
    public void Add(string line)
    {
        lock (gate)
        {
            try
            {
                if (disk.Length(Now) > Most)
                    disk.Rename(Now, Before);
                using var file = disk.Open(Now);
                file.Append(Encoding.UTF8.GetBytes(line + "\n"));
            }
            catch (IOException)
            {
                // A full disk must not silence a speaker because of its diary; the disk itself is told of elsewhere.
            }
        }
    }

    /// <summary>All lines that are kept, oldest first.</summary>
    public string Newest()
    {
        lock (gate)
            return Text(Before) + Text(Now);
    }

    string Text(string name) => disk.Length(name) is null ? "" : Encoding.UTF8.GetString(disk.Read(name));
}
