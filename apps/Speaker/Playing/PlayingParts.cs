using Loa.Air;
using Loa.Speaker.Commands;
using Loa.Speaker.Controls;
using Loa.Speaker.Media;
using Loa.Speaker.Messages;
using Loa.Speaker.Schedule;
using Loa.Speaker.Streams;
using Loa.Speaker.Timing;
using Loa.Speaker.Trust;

namespace Loa.Speaker.Playing;

/// <summary>What is heard, and what operators order about it.</summary>
static class PlayingParts
{
    public static Parts AddPlaying(this Parts parts, IOutput output)
    {
        var (clock, log) = (parts.Get<AirClock>(), parts.Get<EventLog>());
        var (queue, items) = (parts.Get<PlayQueue>(), parts.Get<ItemStore>());
        var (volume, amplifier) = (parts.Get<Volume>(), parts.Get<Amplifier>());
        var heard = output.IsHeard;

        var preparation = new Preparation(
            queue,
            items,
            parts.Get<Guard>(),
            parts.Get<MediaShelf>(),
            parts.Get<Listening>(),
            heard,
            clock,
            log
        );
        var deck = new Deck(queue, preparation, items, new Gain(volume, queue), amplifier, heard, clock);
        var player = parts.Add(new Player(deck, output, volume, parts.Get<Wakeups>().Playing, clock, log));
        parts.Add(new OutputCheck(player, deck, queue, clock));
        var orders = new PlayingOrders(queue, parts.Get<Interlock>(), player, volume, parts.Get<ReportQueue>(), clock);
        var table = parts.Get<CommandTable>();
        table.Add(Command.Volume, orders.Volume);
        table.Add(Command.Amplifier, orders.Amplifier);
        table.Add(Command.Stop, orders.Stop);
        table.Add(Command.Next, orders.Next);
        table.Add(Command.Pause, orders.Pause);
        table.Add(Command.Resume, orders.Resume);
        table.Add(Command.Identify, orders.Identify);
        parts.Loop(player.Run);
        return parts;
    }
}
