namespace Loa.Fleet.Simulation;

/// <summary>A speaker's clock that is wrong when it is told to be; time passes at its usual pace.</summary>
sealed class ShiftedClock : TimeProvider
{
    long shiftTicks;

    public TimeSpan Shift
    {
        get => new(Interlocked.Read(ref shiftTicks));
        set => Interlocked.Exchange(ref shiftTicks, value.Ticks);
    }

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Shift;
}
