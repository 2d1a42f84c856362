namespace Loa.Speaker.Store;

/// <summary>What a speaker keeps on its disk.</summary>
static class StoreParts
{
    /// <param name="keepsLog">Whether the newest part of its log is kept as well.</param>
    public static Parts AddStore(this Parts parts, IDisk disk, bool keepsLog)
    {
        var log = parts.Get<EventLog>();
        parts.Lend(disk);
        if (keepsLog)
            log.KeepIn(parts.Add(new LogRing(disk)).Add);
        var journal = parts.Add(new Journal(disk));
        if (journal.Torn > 0)
            log.Tell("torn", ("bytes", journal.Torn));
        return parts;
    }
}
