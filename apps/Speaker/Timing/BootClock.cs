using System.Runtime.InteropServices;

namespace Loa.Speaker.Timing;

/// <summary>The machine's clock with a steady counter that goes on while the machine sleeps, where the system has one.</summary>
sealed partial class BootClock : TimeProvider
{
    const long Second = 1_000_000_000;

    // What .NET counts by stands still in a sleep on Linux.
    const int Monotonic = 1;
    const int Boottime = 7;

    public static readonly BootClock Machine = new();

    public override long TimestampFrequency => OperatingSystem.IsLinux() ? Second : base.TimestampFrequency;

    public override long GetTimestamp() => OperatingSystem.IsLinux() ? Read(Boottime) : base.GetTimestamp();

    /// <summary>How long it has slept since it was switched on; zero where the system does not tell.</summary>
    public static TimeSpan Asleep =>
        OperatingSystem.IsLinux() ? new TimeSpan((Read(Boottime) - Read(Monotonic)) / 100) : TimeSpan.Zero;

    static long Read(int clock) =>
        Ask(clock, out var time) == 0
            ? (time.Seconds * Second) + time.Nanoseconds
            : throw new InvalidOperationException($"The system has no clock {clock}.");

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int Ask(int clock, out Moment time);

    [StructLayout(LayoutKind.Sequential)]
    struct Moment
    {
        public nint Seconds;
        public nint Nanoseconds;
    }
}
