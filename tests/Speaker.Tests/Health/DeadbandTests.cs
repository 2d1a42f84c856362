using Loa.Air;

namespace Loa.Speaker.Health;

public sealed class DeadbandTests
{
    static readonly DateTimeOffset noon = new(2026, 11, 22, 5, 0, 0, TimeSpan.Zero);

    readonly Deadband deadband = new();
    readonly HealthMessage well = new(
        noon,
        Amplifier: true,
        Mains: true,
        Battery: 90,
        Temperature: 40,
        Signal: -80,
        Link: LinkKind.Mobile3g,
        StorageFree: 4L << 30,
        Horns: [100, 100]
    );

    [Fact]
    public void The_first_of_a_connection_tells_all_and_then_only_what_changed()
    {
        Assert.Equal(well, deadband.News(well, due: false));
        Assert.Null(deadband.News(well with { At = noon.AddSeconds(5) }, due: false));
        var idle = deadband.News(well with { At = noon.AddMinutes(1) }, due: true)!;
        Assert.Equal(new HealthMessage(noon.AddMinutes(1)), idle);
        Assert.Empty(idle.Told());
        Assert.Equal(idle, HealthMessage.Heard([], idle.At));

        deadband.Forget();

        Assert.Equal(well, deadband.News(well, due: false));
    }

    [Fact]
    public void What_trembles_is_not_told_what_drifts_is_told_in_time_what_breaks_at_once()
    {
        deadband.News(well, due: true);
        // The signal trembles.
        Assert.Null(deadband.News(well with { Signal = -83 }, due: false));
        Assert.Null(deadband.News(well with { Signal = -83 }, due: true)!.Signal);
        // It gets warmer, slowly: told with the next report.
        Assert.Null(deadband.News(well with { Temperature = 43 }, due: false));
        Assert.Equal(43, deadband.News(well with { Temperature = 43 }, due: true)!.Temperature);
        Assert.Null(deadband.News(well with { Temperature = 43 }, due: true)!.Temperature);
        // The mains fail.
        var dark = deadband.News(well with { Temperature = 44, Mains = false }, due: false)!;
        Assert.Equal((false, null), (dark.Mains, dark.Temperature));
        // Much at once.
        Assert.Equal(70, deadband.News(well with { Mains = false, Battery = 70 }, due: false)!.Battery);
        // A horn.
        var horns = deadband.News(well with { Mains = false, Battery = 70, Horns = [100, 50] }, due: false)!;
        Assert.Equal([100, 50], horns.Horns!);
    }
}
