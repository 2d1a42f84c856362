using System.Buffers.Text;
using System.Security.Cryptography;
using Loa.Air;

namespace Loa.Bench.UnderTest;

/// <summary>One speaker of the load side: its key, and what it holds.</summary>
sealed class LoadSpeaker(Guid id)
{
    public Guid Id => id;

    public string Name { get; } = id.ToString("D");

    public ForehandKey Key { get; } = new();

    public long Timetable { get; private set; }

    /// <summary>Which power cycle or report this is; it stands in the state as free storage, so that the server's rows tell it.</summary>
    public long Cycle { get; set; }

    /// <summary>What the server is to repeat, signed, on this connection.</summary>
    public string Nonce { get; private set; } = "";

    public RecordHead Head { get; set; } = RecordHead.Start;

    /// <summary>Up to which record the server has said that all is stored.</summary>
    public long Stored { get; set; }

    /// <summary>When it was told of each broadcast, in ticks of the machine's counter.</summary>
    public Dictionary<Guid, long> Told { get; } = [];

    public void Take(Timetable told)
    {
        Timetable = told.Version;
        var now = TimeProvider.System.GetTimestamp();
        foreach (var item in told.Items)
            Told.TryAdd(item.Broadcast, now);
    }

    public void Connects() => Nonce = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16));

    public StateMessage State() =>
        new(true, TimeProvider.System.GetUtcNow(), Timetable, 1, 0, "bench", 60, null, Head.Seq, Cycle, Nonce: Nonce);

    /// <summary>The next record of its chain.</summary>
    public string Record() =>
        Chained(
            AirRecord.Refused(
                Id,
                TimeProvider.System.GetUtcNow(),
                RefusalSubject.Document,
                Refusal.DocumentType,
                "bench"
            )
        );

    /// <summary>Well signed and never ordered: a play of a broadcast that one of the others was told, which never ends.</summary>
    public string Lie()
    {
        var now = TimeProvider.System.GetUtcNow();
        return Chained(
            new AirRecord(Id, 0, "", now, RecordKind.Play)
            {
                Item = Guid.CreateVersion7(),
                Broadcast = Told.Keys.FirstOrDefault(Guid.CreateVersion7()),
                Planned = now,
                Start = now,
                End = DateTimeOffset.MaxValue.AddDays(-1),
                Outcome = PlayOutcome.Played,
            }
        );
    }

    string Chained(AirRecord record)
    {
        var next = record with { Seq = Head.Seq + 1, Prev = Head.Hash };
        var compact = Key.Sign(next.Draft(Key.Public.KeyId));
        Head = new RecordHead(next.Seq, Jose.Jws.Digest(compact));
        return compact;
    }
}
