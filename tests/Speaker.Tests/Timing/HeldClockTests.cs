using Loa.Air;
using Loa.Jose;
using Loa.Speaker.InABox;
using Loa.Speaker.Store;

namespace Loa.Speaker.Timing;

/// <summary>What tests of a speaker's clock begin with: a machine that is held, a network made up of luck, a server that tells the time.</summary>
public abstract class HeldClockTests
{
    private protected static readonly DateTimeOffset noon = new(2026, 11, 22, 5, 0, 0, TimeSpan.Zero);

    private protected readonly HeldMachine machine = new(noon) { DriftPpm = 37 };
    private protected readonly Owner owner = new(noon);
    readonly PowerCutDisk disk = new(Leaves.Everything);
    readonly Random random = new(11);

    private protected Hut Hut() => new(owner, machine, disk);

    private protected SomeNetwork Network(Hut hut) => new(hut, owner, machine, Fibre);

    private protected SomeNetwork SlowNetwork(Hut hut) => new(hut, owner, machine, Mobile);

    /// <summary>A speaker that has been connected for so long.</summary>
    private protected (Hut, SomeNetwork) Connected(TimeSpan since)
    {
        var hut = Hut();
        var network = Network(hut);
        hut.Time.Connected();
        network.Pass(since);
        return (hut, network);
    }

    private protected static TimetableItem Due(Hut hut, string release, TimeSpan after)
    {
        var start = hut.Clock.GetUtcNow() + after;
        return new(
            Guid.CreateVersion7(),
            Guid.CreateVersion7(),
            Jws.Digest(release),
            AirClass.Ordinary,
            start,
            start.AddMinutes(1)
        );
    }

    (TimeSpan, TimeSpan) Fibre() => (Between(2, 12), Between(2, 12));

    // Slow and crooked: the way there is the longer one, and now and then everything waits.
    (TimeSpan, TimeSpan) Mobile() =>
        random.Next(5) == 0 ? (Between(300, 800), Between(100, 800)) : (Between(60, 400), Between(50, 250));

    TimeSpan Between(int least, int most) => TimeSpan.FromMilliseconds(least + (random.NextDouble() * (most - least)));
}
