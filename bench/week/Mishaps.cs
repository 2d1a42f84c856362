namespace Loa.Bench.Week;

/// <summary>What happens to one speaker in a week, drawn from a seed: cuts of minutes to days, flaps, power cuts, a calendar that jumps.</summary>
sealed class Mishaps(World world, Gate gate, Cabinet cabinet, Random random, int days)
{
    // The province is there on the first morning, and in the last hours all that waits is told.
    static readonly TimeSpan calm = TimeSpan.FromHours(3);

    readonly DateTimeOffset end = world.Now.AddDays(days);
    int downs;

    public int Cuts { get; private set; }

    public int Flaps { get; private set; }

    public int Jumps { get; private set; }

    public int WrongBoots { get; private set; }

    /// <summary>Emergencies and changes that came in between.</summary>
    public int Changes { get; private set; }

    public void Begin()
    {
        for (var i = Times(4); i > 0; i--)
            At(Some(), Cut);
        for (var i = Times(8); i > 0; i--)
            At(Some(), Flap);
        for (var i = Times(2); i > 0; i--)
            At(Some(), LosePower);
        for (var i = Times(3); i > 0; i--)
            At(Some(), Jump);
        for (var day = 0; day < days; day++)
        {
            // Some hours before the evening.
            At(TimeSpan.FromHours((day * 24) + 9 + (random.NextDouble() * 6)), Change);
            if (random.Next(4) == 0)
                At(Some(), Alarm);
        }
    }

    async Task Cut()
    {
        Cuts++;
        // From a minute to two and a half days, an hour in the middle.
        var minutes = Math.Exp(random.NextDouble() * Math.Log(3600));
        var left = end - calm - world.Now;
        var time = TimeSpan.FromMinutes(Math.Min(minutes, Math.Max(1, left.TotalMinutes)));
        Down();
        await Wait(time);
        if (random.Next(2) == 0)
            cabinet.Road.Sever();
        Up();
    }

    async Task Flap()
    {
        Flaps++;
        for (var i = random.Next(3, 12); i > 0; i--)
        {
            Down();
            await Wait(TimeSpan.FromSeconds(0.5 + (random.NextDouble() * 8)));
            if (random.Next(2) == 0)
                cabinet.Road.Sever();
            Up();
            await Wait(TimeSpan.FromSeconds(0.5 + (random.NextDouble() * 8)));
        }
    }

    async Task LosePower()
    {
        // Without the network nothing but its calendar tells a speaker the time when it starts.
        if (!cabinet.Road.IsDown && random.Next(2) == 0)
        {
            WrongBoots++;
            cabinet.Machine.CalendarOff = TimeSpan.FromHours(random.Next(2) == 0 ? 1 : -1);
        }
        await cabinet.CutPower(TimeSpan.FromSeconds(random.Next(3, 45)));
        await Wait(TimeSpan.FromMinutes(10));
        cabinet.Machine.CalendarOff = TimeSpan.Zero;
    }

    async Task Jump()
    {
        Jumps++;
        cabinet.Machine.CalendarOff = TimeSpan.FromHours(random.Next(2) == 0 ? 1 : -1);
        await Wait(TimeSpan.FromMinutes(random.Next(1, 90)));
        cabinet.Machine.CalendarOff = TimeSpan.Zero;
    }

    Task Change()
    {
        Changes++;
        cabinet.Orders.Change(world.Now, random);
        gate.Ordered(cabinet);
        return Task.CompletedTask;
    }

    Task Alarm()
    {
        Changes++;
        cabinet.Orders.Alarm(world.Now, TimeSpan.FromSeconds(random.Next(2) == 0 ? 2 : 7200), random);
        gate.Ordered(cabinet);
        return Task.CompletedTask;
    }

    // Two mishaps may overlap; the line is there when none of them holds it down.
    void Down()
    {
        if (downs++ == 0)
            cabinet.Road.Down();
    }

    void Up()
    {
        if (--downs == 0)
            cabinet.Road.Up();
    }

    int Times(int aWeek) => (int)Math.Round(random.NextDouble() * 2 * aWeek * days / 7);

    TimeSpan Some() => calm + (random.NextDouble() * (TimeSpan.FromDays(days) - calm - calm));

    Task Wait(TimeSpan time) => world.Wait(time, CancellationToken.None);

    void At(TimeSpan when, Func<Task> what) => world.After(when, () => _ = Do(what));

    async Task Do(Func<Task> what)
    {
        try
        {
            await what();
        }
        catch (Exception failure)
        {
            gate.Failures.Add(failure);
        }
    }
}
