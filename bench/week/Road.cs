using System.Net;
using Loa.Mqtt.Transports;

namespace Loa.Bench.Week;

/// <summary>The way between one speaker and the server: slow, uneven, and at times not there; what is under way then comes later.</summary>
sealed class Road(World world, Random random, IPEndPoint speaker, Func<Transport, Task> door)
{
    readonly List<CableEnd> ends = [];
    long lastUp;

    public World World => world;

    public bool IsDown { get; private set; }

    /// <summary>Connections that were made.</summary>
    public int Connections { get; private set; }

    /// <summary>30 ms and more, seldom much more, each way for itself.</summary>
    public TimeSpan Delay() => TimeSpan.FromMilliseconds(30 - (45 * Math.Log(1 - random.NextDouble())));

    public void Down() => IsDown = true;

    /// <summary>Both sides find out at once that the connection is gone.</summary>
    public void Sever()
    {
        foreach (var end in ends.ToArray())
            end.Break();
        ends.Clear();
    }

    public void Up()
    {
        IsDown = false;
        lastUp++;
        foreach (var end in ends)
            end.MoveLater();
    }

    /// <summary>Asks for nothing more than what passes over it; fails when it goes down meanwhile.</summary>
    public async Task<bool> Carry(long bytes, CancellationToken cancel)
    {
        if (IsDown)
            await world.Wait(Timeout.InfiniteTimeSpan, cancel);
        var before = lastUp;
        await world.Wait(Delay() + Delay() + TimeSpan.FromSeconds(bytes / 16_384.0), cancel);
        return !IsDown && lastUp == before;
    }

    /// <summary>Connects, as soon as somebody answers.</summary>
    public async Task<Transport> Reach(CancellationToken cancel)
    {
        if (IsDown)
            await world.Wait(Timeout.InfiniteTimeSpan, cancel);
        await world.Wait(Delay() + Delay(), cancel);
        if (IsDown)
            await world.Wait(Timeout.InfiniteTimeSpan, cancel);
        Connections++;
        var (mine, theirs) = (new CableEnd(this, null), new CableEnd(this, speaker));
        (mine.Other, theirs.Other) = (theirs, mine);
        ends.RemoveAll(end => end.IsOver);
        ends.AddRange([mine, theirs]);
        _ = door(theirs);
        return mine;
    }
}
