using Loa.Air;

namespace Loa.Bench.Town;

/// <summary>One speaker of the load side: its key, and what it holds.</summary>
sealed class TownSpeaker(Guid id)
{
    public Guid Id => id;

    public string Name { get; } = id.ToString("D");

    public ForehandKey Key { get; } = new();

    public long Timetable { get; set; }

    /// <summary>Which power cycle or report this is; it stands in the state as free storage, so that the server's rows tell it.</summary>
    public long Cycle { get; set; }

    public RecordHead Head { get; set; } = RecordHead.Start;

    /// <summary>Up to which record the server has said that all is stored.</summary>
    public long Stored { get; set; }

    public StateMessage State() =>
        new(true, TimeProvider.System.GetUtcNow(), Timetable, 1, 0, "bench", 60, null, Head.Seq, Cycle);

    /// <summary>The next record of its chain.</summary>
    public string Record()
    {
        var now = TimeProvider.System.GetUtcNow();
        var record = AirRecord.Refused(Id, now, RefusalSubject.Document, Refusal.DocumentType, "bench") with
        {
            Seq = Head.Seq + 1,
            Prev = Head.Hash,
        };
        var compact = Key.Sign(record.Draft(Key.Public.KeyId));
        Head = new RecordHead(record.Seq, Jose.Jws.Digest(compact));
        return compact;
    }
}
