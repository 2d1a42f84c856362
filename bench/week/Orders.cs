using Loa.Air;

namespace Loa.Bench.Week;

/// <summary>All that is ordered of one speaker in a week: two sessions a day a week ahead, and what changes some hours before its time.</summary>
sealed class Orders
{
    static readonly TimeSpan dawn = TimeSpan.FromHours(5);
    static readonly TimeSpan dusk = TimeSpan.FromHours(17);

    readonly Office office;
    readonly Guid speaker;
    readonly Dictionary<Guid, Ordered> ordered = [];
    readonly DateTimeOffset from;
    readonly DateTimeOffset to;
    Timetable whole;
    byte[]? change;

    public Orders(Office office, Guid speaker, DateTimeOffset start, int days, Random random)
    {
        (this.office, this.speaker) = (office, speaker);
        (from, to) = (start.AddHours(-1), start.AddDays(days + 1));
        var items = new List<TimetableItem>();
        for (var day = 0; day < days; day++)
            foreach (var session in new[] { dawn, dusk })
            {
                var at = start.AddDays(day) + session + TimeSpan.FromSeconds(random.Next(3600));
                for (var i = 0; i < 10; i++)
                {
                    var bulletin = office.Planned[random.Next(office.Planned.Count)];
                    items.Add(Item(bulletin, at, resume: random.Next(4) == 0));
                    at += bulletin.Length + TimeSpan.FromSeconds(random.Next(5, 45));
                }
            }
        whole = new Timetable(speaker, 1, start, from, to, items);
    }

    /// <summary>Everything that was ever ordered.</summary>
    public IReadOnlyCollection<Ordered> All => ordered.Values;

    public DateTimeOffset PlannedAt(Guid item) => ordered[item].Item.Start;

    public long Version => whole.Version;

    /// <summary>A planned bulletin goes, another comes after the session.</summary>
    public void Change(DateTimeOffset now, Random random)
    {
        var later = whole.Items.Where(item => item.Start > now.AddHours(1)).OrderBy(item => item.Start).ToArray();
        if (later.Length == 0)
            return;
        // Where a session ends there is room.
        var last = later
            .Zip(later.Skip(1))
            .FirstOrDefault(pair => pair.Second.Start - pair.First.Until > TimeSpan.FromHours(4))
            .First;
        last ??= later[^1];
        var gone = later[random.Next(Math.Min(8, later.Length))];
        var bulletin = office.News[random.Next(office.News.Count)];
        Apply(now, [Item(bulletin, last.Until.AddMinutes(2))], random.Next(2) == 0 ? [gone.Id] : []);
    }

    /// <summary>Danger: to be heard as soon as it is there, or at a moment that is known.</summary>
    public void Alarm(DateTimeOffset now, TimeSpan ahead, Random random)
    {
        var alarm = office.Alarms[random.Next(office.Alarms.Count)];
        var item = Item(alarm, now + ahead) with { Now = true, Until = Whole(now + ahead).AddMinutes(30) };
        Apply(now, [item], []);
    }

    /// <summary>What brings a speaker that holds a version up to date.</summary>
    public byte[] For(long held) =>
        change is not null && held == whole.Version - 1 ? change : Message(whole, whole.Items);

    void Apply(DateTimeOffset now, List<TimetableItem> items, List<Guid> drop)
    {
        foreach (var id in drop)
            ordered[id] = ordered[id] with { Dropped = whole.Version + 1 };
        foreach (var item in items)
            ordered[item.Id] = ordered[item.Id] with { Version = whole.Version + 1 };
        var delta = new Timetable(
            speaker,
            whole.Version + 1,
            Whole(now),
            from,
            to,
            items,
            Base: whole.Version,
            Drop: drop
        );
        var changed = drop.Concat(items.Select(item => item.Id)).ToHashSet();
        whole = delta with
        {
            Items = [.. whole.Items.Where(item => !changed.Contains(item.Id)), .. items],
            Base = null,
            Drop = null,
        };
        change = Message(delta, items);
    }

    TimetableItem Item(Approved bulletin, DateTimeOffset at, bool resume = false)
    {
        var item = new TimetableItem(
            Guid.CreateVersion7(),
            Guid.CreateVersion7(),
            bulletin.Digest,
            bulletin.Class,
            Whole(at),
            Whole(at) + bulletin.Length + TimeSpan.FromSeconds(2),
            Resume: resume
        );
        ordered[item.Id] = new Ordered(item, bulletin, 1, null);
        return item;
    }

    byte[] Message(Timetable timetable, IReadOnlyList<TimetableItem> items)
    {
        var releases = items.Select(item => ordered[item.Id].Bulletin.Text).Distinct().ToArray();
        return new TimetableMessage(
            timetable.Sign(office.Server),
            releases,
            office.Delegations,
            "http://tinh.tuan/m/"
        ).ToBytes();
    }

    // As it goes over the air.
    static DateTimeOffset Whole(DateTimeOffset moment) =>
        DateTimeOffset.FromUnixTimeMilliseconds(moment.ToUnixTimeMilliseconds());
}

/// <summary>One item, since which version it is ordered, and since which no more.</summary>
sealed record Ordered(TimetableItem Item, Approved Bulletin, long Version, long? Dropped);
