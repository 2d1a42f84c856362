using Loa.Air;
using Loa.Speaker.Commands;
using Loa.Speaker.Controls;
using Loa.Speaker.Messages;
using Loa.Speaker.Schedule;
using Loa.Speaker.Store;

namespace Loa.Speaker.Playing;

/// <summary>Commands about what is heard and how loud; each is read back from where it takes effect.</summary>
sealed class PlayingOrders(
    PlayQueue queue,
    Interlock interlock,
    Player player,
    Volume volume,
    ReportQueue reports,
    TimeProvider clock
)
{
    // A sound that ends is faded out and written down.
    static readonly TimeSpan mostFading = TimeSpan.FromSeconds(2);
    static readonly TimeSpan look = TimeSpan.FromMilliseconds(20);

    public Execution Volume(Command command, CommandMessage message, WriteBatch changes)
    {
        var (level, horn) = (command.Args.Level!.Value, command.Args.Horn);
        if (horn is { } one && !volume.HasHorn(one))
            return Fails(CommandFailure.Horn);
        Controls.Volume.Note(level, horn, changes);
        return _ =>
        {
            volume.Set(level, horn);
            reports.StateChanged();
            return Is(new ReadBack(Volume: volume.Level, Horns: volume.Horns));
        };
    }

    public Execution Amplifier(Command command, CommandMessage message, WriteBatch changes)
    {
        var on = command.Args.On!.Value;
        Controls.Amplifier.Note(on, changes);
        return _ =>
        {
            queue.SwitchAmplifier(on);
            reports.StateChanged();
            return Is(new ReadBack(Amplifier: interlock.Amplifier.IsOn));
        };
    }

    public Execution Stop(Command command, CommandMessage message, WriteBatch changes) =>
        cancel => End(queue.Stop, cancel);

    public Execution Next(Command command, CommandMessage message, WriteBatch changes) =>
        cancel => End(queue.Next, cancel);

    public Execution Pause(Command command, CommandMessage message, WriteBatch changes)
    {
        var length = TimeSpan.FromMinutes(command.Args.Minutes!.Value);
        interlock.Pause.Note(length, changes);
        return _ =>
        {
            queue.Pause(length);
            reports.StateChanged();
            return Is(new ReadBack(Paused: queue.PausedUntil is not null));
        };
    }

    public Execution Resume(Command command, CommandMessage message, WriteBatch changes)
    {
        Controls.Pause.NoteEnd(changes);
        return _ =>
        {
            queue.Resume();
            reports.StateChanged();
            return Is(new ReadBack(Paused: queue.PausedUntil is not null));
        };
    }

    public Execution Identify(Command command, CommandMessage message, WriteBatch changes) =>
        _ => Task.FromResult(player.Identify(command.Id) ? Outcome.Done() : Outcome.Failed(CommandFailure.Busy));

    async Task<Outcome> End(Func<bool> end, CancellationToken cancel)
    {
        var sounding = queue.Playing;
        if (!end())
            return Outcome.Failed(CommandFailure.Silent);
        var began = clock.GetTimestamp();
        while (queue.Playing is { } still && still == sounding && clock.GetElapsedTime(began) < mostFading)
            await Task.Delay(look, clock, cancel);
        var found = new ReadBack(Playing: queue.Playing?.Item.Id);
        return queue.Playing is { } yet && yet == sounding
            ? Outcome.Failed(CommandFailure.NoEffect, found)
            : Outcome.Done(found);
    }

    static Task<Outcome> Is(ReadBack found) => Task.FromResult(Outcome.Done(found));

    static Execution Fails(string reason) => _ => Task.FromResult(Outcome.Failed(reason));
}
