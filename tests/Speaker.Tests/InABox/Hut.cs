using Loa.Air;
using Loa.Jose;
using Loa.Speaker.Controls;
using Loa.Speaker.Media;
using Loa.Speaker.Messages;
using Loa.Speaker.Playing;
using Loa.Speaker.Records;
using Loa.Speaker.Schedule;
using Loa.Speaker.Store;
using Loa.Speaker.Streams;
using Loa.Speaker.Timing;
using Loa.Speaker.Trust;

namespace Loa.Speaker.InABox;

/// <summary>The parts of one speaker without a network, on a disk in memory and a machine that stands still, driven frame by frame.</summary>
sealed class Hut
{
    readonly Owner owner;
    long version;

    public Hut(Owner owner, TimeProvider machine, IDisk disk, bool isHeard = true, int horns = 1)
    {
        this.owner = owner;
        Log = new EventLog(machine, "HUT", null);
        Journal = new Journal(disk);
        Shelf = new MediaShelf(disk, 1 << 30);
        if (Journal.Text(Speaker.Store.JournalKeys.Placement) is null)
            Journal.Commit(new WriteBatch().Put(Speaker.Store.JournalKeys.Placement, owner.Placement));
        Clock = new AirClock(machine, Earliest.Of(Journal), Earliest.Noted(Journal)?.Skew);
        Wake = new Wakeup(Clock);
        Guard = new Guard(Journal, owner.Root.Public, owner.Identity, owner.Key.KeyId, Clock);
        Guard.Learn([owner.ServerDelegation, owner.OfficerDelegation]);
        ReportQueue = new ReportQueue(new Wakeup(Clock), Clock);
        Records = new RecordStore(Journal, owner.Key, owner.Identity.Speaker, new Wakeup(Clock), Clock);
        Items = new ItemStore(Journal, Records, ReportQueue, owner.Identity.Speaker, Clock, Log);
        Amplifier = new Amplifier(Journal, Power.Add);
        var interlock = new Interlock(new Pause(Journal, Clock), Amplifier, Clock);
        PlayQueue = new PlayQueue(Wake, new Wakeup(Clock), interlock, Clock);
        var held = new HeldTimetable(Journal);
        var inForce = new PutInForce(Guard, held, PlayQueue, Items, ReportQueue, Clock, Log);
        Timetable = new TakeTimetable(Guard, held, inForce, Items, Records, ReportQueue, Log);
        Volume = new Volume(Journal, horns);
        Listening = new Listening(PlayQueue, Clock, Log);
        var preparation = new Preparation(PlayQueue, Items, Guard, Shelf, Listening, isHeard, Clock, Log);
        Deck = new Deck(PlayQueue, preparation, Items, new Gain(Volume, PlayQueue), Amplifier, isHeard, Clock);
        Time = new TimeSync(Clock, Guard, Journal, Records, new Wakeup(Clock), Log);
        Time.Found += PlayQueue.ClockFound;
        Items.CloseInterrupted();
        Timetable.Restore();
        version = Timetable.Version;
        MarkReady();
    }

    /// <summary>The server has told it the time.</summary>
    public Hut KnowingTheTime()
    {
        ToldTheTime(TimeSpan.Zero);
        return this;
    }

    /// <param name="off">What is missing from its clock.</param>
    public void ToldTheTime(TimeSpan off)
    {
        Clock.Correct(off, TimeSpan.FromMilliseconds(5), Clock.Skew);
        PlayQueue.ClockFound();
    }

    public EventLog Log { get; }

    /// <summary>Wakes the loop that plays.</summary>
    public Wakeup Wake { get; }

    public Journal Journal { get; }

    public MediaShelf Shelf { get; }

    public AirClock Clock { get; }

    public Guard Guard { get; }

    public ReportQueue ReportQueue { get; }

    public RecordStore Records { get; }

    public ItemStore Items { get; }

    public Amplifier Amplifier { get; }

    /// <summary>What the amplifier's switch was told.</summary>
    public List<bool> Power { get; } = [];

    public PlayQueue PlayQueue { get; }

    public TakeTimetable Timetable { get; }

    public Volume Volume { get; }

    public Listening Listening { get; }

    public Deck Deck { get; }

    public TimeSync Time { get; }

    /// <summary>What it recorded, as the server would read it.</summary>
    public IReadOnlyList<AirRecord> Written
    {
        get
        {
            var (head, list) = (RecordHead.Start, new List<AirRecord>());
            foreach (var (_, compact) in Records.After(0, int.MaxValue))
            {
                var verdict = RecordChain.Verify(
                    head,
                    compact,
                    owner.Identity.Speaker,
                    owner.Key.Public,
                    out var link,
                    out head
                );
                Assert.True(verdict.Ok && link == RecordLink.Next, $"{verdict.Reason} {link}");
                list.Add(verdict.Document!);
            }
            return list;
        }
    }

    public AirRecord Of(TimetableItem item) => Assert.Single(Written, record => record.Item == item.Id);

    /// <summary>Puts a timetable in force; the sounds that are on the shelf are found good.</summary>
    public void Order(
        IReadOnlyList<TimetableItem> items,
        IReadOnlyList<string> releases,
        IReadOnlyList<HourVolume>? volumes = null,
        IReadOnlyList<string>? filler = null
    )
    {
        var now = Clock.GetUtcNow();
        var timetable = new Timetable(
            owner.Identity.Speaker,
            ++version,
            now,
            now.AddDays(-1),
            now.AddDays(8),
            items,
            Volumes: volumes,
            Filler: filler
        );
        Timetable.Run(new TimetableMessage(timetable.Sign(owner.Server), releases, [], null));
        MarkReady();
    }

    /// <summary>What fetching does when a sound is here.</summary>
    public void MarkReady()
    {
        foreach (var entry in PlayQueue.Needed)
        {
            if (entry.Stage == Stage.Waiting && Shelf.Read(entry.Release) is not null)
                PlayQueue.Ready(entry);
        }
    }

    public void Store(Recorded sound) => Store(sound.Bytes, sound.Digest);

    public void Store(byte[] bytes, string digest)
    {
        var release = owner.Release(bytes.Length, digest, TimeSpan.FromSeconds(1));
        Shelf.DropPart(release);
        using (var part = Shelf.OpenPart(release))
        {
            part.Append(bytes);
            part.Sync();
        }
        Assert.True(Shelf.Finish(release));
    }
}
