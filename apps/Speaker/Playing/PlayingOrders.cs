using Loa.Air;
using Loa.Speaker.Commands;
using Loa.Speaker.Controls;
using Loa.Speaker.Messages;
using Loa.Speaker.Schedule;
using Loa.Speaker.Store;

namespace Loa.Speaker.Playing;

/// <summary>Commands about what is heard and how loud; each is read back from where it takes effect.</summary>
sealed class PlayingOrders(
    Programme programme,
    Hold hold,
    Player player,
    Volume volume,
    Outbox outbox,
    TimeProvider clock
)
{
    // A sound that ends is faded out and written down.
    static readonly TimeSpan mostFading = TimeSpan.FromSeconds(2);
    static readonly TimeSpan look = TimeSpan.FromMilliseconds(20);

    public Act Volume(Command command, CommandMessage message, Changes changes)
    {
        var (level, horn) = (command.Args.Level!.Value, command.Args.Horn);
        if (horn is { } one && !volume.HasHorn(one))
            return Fails(CommandFailure.Horn);
        Controls.Volume.Note(level, horn, changes);
        return _ =>
        {
            volume.Set(level, horn);
            outbox.StateChanged();
            return Is(new ReadBack(Volume: volume.Level, Horns: volume.Horns));
        };
    }

    public Act Amplifier(Command command, CommandMessage message, Changes changes)
    {
        var on = command.Args.On!.Value;
        Controls.Amplifier.Note(on, changes);
        return _ =>
        {
            programme.SwitchAmplifier(on);
            outbox.StateChanged();
            return Is(new ReadBack(Amplifier: hold.Amplifier.IsOn));
        };
    }

    public Act Stop(Command command, CommandMessage message, Changes changes) => cancel => End(programme.Stop, cancel);

    public Act Next(Command command, CommandMessage message, Changes changes) => cancel => End(programme.Next, cancel);

    public Act Pause(Command command, CommandMessage message, Changes changes)
    {
        var length = TimeSpan.FromMinutes(command.Args.Minutes!.Value);
        hold.Pause.Note(length, changes);
        return _ =>
        {
            programme.Pause(length);
            outbox.StateChanged();
            return Is(new ReadBack(Paused: programme.PausedUntil is not null));
        };
    }

    public Act Resume(Command command, CommandMessage message, Changes changes)
    {
        Controls.Pause.NoteEnd(changes);
        return _ =>
        {
            programme.Resume();
            outbox.StateChanged();
            return Is(new ReadBack(Paused: programme.PausedUntil is not null));
        };
    }

    public Act Identify(Command command, CommandMessage message, Changes changes) =>
        _ => Task.FromResult(player.Identify(command.Id) ? Outcome.Done() : Outcome.Failed(CommandFailure.Busy));

    async Task<Outcome> End(Func<bool> end, CancellationToken cancel)
    {
        var sounding = programme.Playing;
        if (!end())
            return Outcome.Failed(CommandFailure.Silent);
        var began = clock.GetTimestamp();
        while (programme.Playing is { } still && still == sounding && clock.GetElapsedTime(began) < mostFading)
            await Task.Delay(look, clock, cancel);
        var found = new ReadBack(Playing: programme.Playing?.Item.Id);
        return programme.Playing is { } yet && yet == sounding
            ? Outcome.Failed(CommandFailure.NoEffect, found)
            : Outcome.Done(found);
    }

    static Task<Outcome> Is(ReadBack found) => Task.FromResult(Outcome.Done(found));

    static Act Fails(string reason) => _ => Task.FromResult(Outcome.Failed(reason));
}
