using Loa.Air;
using Loa.Speaker.Controls;
using Loa.Speaker.Playing;
using Loa.Speaker.Schedule;
using Loa.Speaker.Store;
using Loa.Speaker.Timing;

namespace Loa.Speaker.Health;

/// <summary>Looks from time to time how the speaker fares, and says what of it the server should hear.</summary>
sealed class Checkup(
    IHealthSource source,
    Interlock interlock,
    Volume volume,
    Player player,
    IDisk disk,
    AirClock clock,
    TimeSpan every
)
{
    readonly Deadband deadband = new();
    Vitals vitals = new();
    long looked;
    long told;
    bool isFirst = true;

    /// <summary>When to look again.</summary>
    public TimeSpan Pause
    {
        get
        {
            var look = source.Every - clock.GetElapsedTime(looked);
            var tell = every - clock.GetElapsedTime(told);
            return look < tell ? look : tell;
        }
    }

    /// <summary>A new connection: all is told anew.</summary>
    public void Begin()
    {
        deadband.Forget();
        isFirst = true;
    }

    /// <returns>What to tell; null when nothing now.</returns>
    public async ValueTask<HealthMessage?> Look(CancellationToken cancel)
    {
        if (isFirst || clock.GetElapsedTime(looked) >= source.Every)
        {
            looked = clock.GetTimestamp();
            vitals = await source.Read(cancel);
        }
        var due = isFirst || clock.GetElapsedTime(told) >= every;
        var news = deadband.News(Now(), due);
        if (news is not null)
            (told, isFirst) = (clock.GetTimestamp(), false);
        return news;
    }

    HealthMessage Now() =>
        new(
            clock.GetUtcNow(),
            interlock.Amplifier.IsOn,
            vitals.Mains,
            vitals.Battery,
            vitals.Temperature,
            vitals.Signal,
            vitals.Link,
            clock.Offset,
            disk.Free,
            player.Sound,
            interlock.Pause.End is not null,
            volume.Horns
        );
}
