using Loa.Fleet.Simulation;

namespace Loa.Fleet.Faults;

/// <summary>Does to the speakers what the script says, when it says so, and takes it back when its time is over.</summary>
sealed class Conductor(IReadOnlyList<Fault> script, IReadOnlyList<Simulated> speakers, int seed, Action<string> tell)
{
    public async Task Run(CancellationToken cancel)
    {
        var began = TimeProvider.System.GetTimestamp();
        await Task.WhenAll(script.Select((fault, line) => Play(fault, line, began, cancel)))
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    async Task Play(Fault fault, int line, long began, CancellationToken cancel)
    {
        var wait = fault.At - TimeProvider.System.GetElapsedTime(began);
        if (wait > TimeSpan.Zero)
            await Task.Delay(wait, TimeProvider.System, cancel);
        Simulated[] struck = [.. speakers.Where(s => fault.Whom.Covers(s.Serial, seed, line))];
        tell($"{fault.At:c} {fault.Kind} on {struck.Length} speakers");
        if (fault.Kind == FaultKind.Flap)
        {
            await Flap(fault, struck, cancel);
            return;
        }
        foreach (var speaker in struck)
            Strike(speaker, fault);
        if (fault.Lasting is not { } lasting)
            return;
        await Task.Delay(lasting, TimeProvider.System, cancel);
        foreach (var speaker in struck)
            Relieve(speaker, fault);
    }

    static async Task Flap(Fault fault, Simulated[] struck, CancellationToken cancel)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (fault.Lasting is null || TimeProvider.System.GetElapsedTime(began) < fault.Lasting)
        {
            foreach (var speaker in struck)
                speaker.IsCut = true;
            await Task.Delay(fault.Beat.Down, TimeProvider.System, cancel);
            foreach (var speaker in struck)
                speaker.IsCut = false;
            await Task.Delay(fault.Beat.Up, TimeProvider.System, cancel);
        }
    }

    static void Strike(Simulated speaker, Fault fault)
    {
        switch (fault.Kind)
        {
            case FaultKind.Cut:
                speaker.IsCut = true;
                break;
            case FaultKind.Slow or FaultKind.Lossy:
                speaker.Line = fault.Profile;
                break;
            case FaultKind.Clock:
                speaker.Clock.Shift = fault.Shift;
                break;
            case FaultKind.Disk:
                speaker.DiskIsFull = true;
                break;
            case FaultKind.Lie:
                speaker.Replace(Part.Liar);
                break;
            case FaultKind.Off:
                speaker.Replace(Part.Nobody);
                break;
        }
    }

    static void Relieve(Simulated speaker, Fault fault)
    {
        switch (fault.Kind)
        {
            case FaultKind.Cut:
                speaker.IsCut = false;
                break;
            case FaultKind.Slow or FaultKind.Lossy:
                speaker.Line = speaker.UsualLine;
                break;
            case FaultKind.Clock:
                speaker.Clock.Shift = TimeSpan.Zero;
                break;
            case FaultKind.Disk:
                speaker.DiskIsFull = false;
                break;
            case FaultKind.Lie or FaultKind.Off:
                speaker.Replace(Part.Speaker);
                break;
        }
    }
}
