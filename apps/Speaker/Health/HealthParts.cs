using Loa.Air;
using Loa.Speaker.Commands;
using Loa.Speaker.Controls;
using Loa.Speaker.Media;
using Loa.Speaker.Playing;
using Loa.Speaker.Records;
using Loa.Speaker.Schedule;
using Loa.Speaker.Store;
using Loa.Speaker.Timing;

namespace Loa.Speaker.Health;

/// <summary>How the speaker fares, told by itself and when it is asked.</summary>
static class HealthParts
{
    /// <param name="source">What the cabinet can measure; absent when it has no sensors.</param>
    public static Parts AddHealth(this Parts parts, IHealthSource? source)
    {
        var (settings, clock) = (parts.Get<Settings>(), parts.Get<AirClock>());
        var (disk, player) = (parts.Get<IDisk>(), parts.Get<Player>());
        List<Probe> probes =
        [
            Probes.Clock(clock),
            Probes.Storage(disk),
            parts.Get<OutputCheck>().Run,
            Probes.Records(parts.Get<RecordStore>()),
            Probes.Media(parts.Get<MediaShelf>()),
        ];
        if (settings.Microphone is { } program)
            probes.Add(new MicrophoneTest(player, program, [], clock).Run);
        parts.Get<CommandTable>().Add(Command.SelfTest, new SelfTest(probes).Order);
        parts.Add(
            new Checkup(
                source ?? new NoHealth(),
                parts.Get<Interlock>(),
                parts.Get<Volume>(),
                player,
                disk,
                clock,
                settings.HealthEvery
            )
        );
        return parts;
    }
}
