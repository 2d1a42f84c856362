using Loa.Air;
using Loa.Jose;
using Loa.Speaker.Commands;
using Loa.Speaker.Enrolling;
using Loa.Speaker.Health;
using Loa.Speaker.Link;
using Loa.Speaker.Media;
using Loa.Speaker.Playing;
using Loa.Speaker.Records;
using Loa.Speaker.Schedule;
using Loa.Speaker.Store;
using Loa.Speaker.Timing;
using Loa.Speaker.Trust;
using Loa.Speaker.Updating;

namespace Loa.Speaker;

/// <summary>The software of one loudspeaker cluster, from its first start until it is switched off; a process may hold thousands.</summary>
public sealed class Loudspeaker(Settings settings, Surroundings around)
{
    /// <summary>Runs until cancelled, or until it wants to be started again.</summary>
    /// <exception cref="AnotherRootException">It is asked to obey another root than its own.</exception>
    /// <exception cref="IOException">Its data cannot be read or written, or another process uses them.</exception>
    public async Task<Departed> Run(CancellationToken cancel)
    {
        Directory.CreateDirectory(settings.Data);
        using var mine = Claim();
        var disk = around.Disk(new Disk(settings.Data, around.Durable));
        var ring = around.KeepsLog ? new LogRing(disk) : null;
        if (ring is not null)
            around.Log.KeepIn(ring);
        using var notes = new Notebook(disk);
        var keys = new OwnKeys(settings.Data, disk, notes);
        if (notes.Torn > 0)
            around.Log.Tell("torn", ("bytes", notes.Torn));
        var noted = Earliest.Noted(notes);
        var clock = new AirClock(around.Clock, Earliest.Of(notes), noted?.Skew);
        around.Watch(clock);
        var enrol = new Enrol(
            settings,
            notes,
            keys,
            new EnrolmentDesk(around.Http, settings, clock),
            new CodeSign(settings.Data, around.Show, around.ShowRoot),
            clock,
            around.Log
        );
        try
        {
            var identity = await enrol.Run(cancel);
            return await Serve(notes, disk, ring, keys, enrol.Pinned()!, identity, clock, cancel);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            around.Log.Tell("stopped");
            return Departed.Stopped;
        }
    }

    async Task<Departed> Serve(
        Notebook notes,
        IDisk disk,
        LogRing? ring,
        OwnKeys keys,
        PublicKey root,
        Identity identity,
        AirClock clock,
        CancellationToken cancel
    )
    {
        var (log, key) = (around.Log, keys.InForce);
        var packages = new Packages(notes, disk, around.Kept);
        var told = packages.Apply(settings, disk);
        var (sending, fetching, updating) = (New(clock), New(clock), New(clock));
        clock.Woke += sending.Raise;
        // The server hears of what changes here without asking for it.
        var playing = new Signal(clock, also: sending);
        var guard = new Guard(notes, root, identity, key.KeyId, clock);
        var outbox = new Outbox(sending, clock);
        var departure = new Departure(outbox, clock);
        var answers = new AnswerBook(notes, sending, clock);
        var servers = new ServerBook(notes, told, identity, answers, clock, log);
        var records = new RecordBook(notes, key, identity.Speaker, sending, clock);
        var book = new ItemBook(notes, records, outbox, identity.Speaker, clock, log);
        var amplifier = new Amplifier(notes, around.Amplifier ?? (_ => { }));
        var hold = new Hold(new Pause(notes, clock), amplifier, clock);
        var programme = new Programme(playing, fetching, hold, clock);
        var timetable = new TakeTimetable(notes, guard, programme, book, records, outbox, clock, log);
        var shelf = new MediaShelf(disk, told.MediaBytes);
        var source = new MediaSource(around.Http, new Pace(told.MediaBytesPerSecond, clock), clock);
        Uri Media() => Folder(servers.Current.Http, timetable.Media ?? "/air/media/");
        Uri Updates(string? given) => Folder(servers.Current.Http, given ?? "/air/packages/");
        var fetch = new FetchMedia(programme, book, shelf, source, Media, outbox, fetching, clock, log);
        notes.MakeRoom = bytes => shelf.Yield(bytes, fetch.Needs());
        var volume = new Volume(notes, settings.Horns);
        var isHeard = around.Output.IsHeard;
        var preparation = new Preparation(programme, book, guard, shelf, isHeard, clock, log);
        var deck = new Deck(programme, preparation, book, new Loudness(volume, programme), amplifier, isHeard, clock);
        var player = new Player(deck, around.Output, volume, playing, clock, log);
        void Found()
        {
            programme.ClockFound();
            outbox.StateChanged();
        }
        var time = new TimeSync(clock, guard, notes, records, sending, Found, log);
        var install = new Install(disk, packages, source, shelf, fetch.Needs, Updates, programme, clock);
        var update = new TakeUpdate(
            told,
            notes,
            guard,
            packages,
            install,
            answers,
            records,
            departure,
            updating,
            clock,
            log
        );
        var desk = new ServerDesk(around.Http, guard, clock);
        var elsewhere = new ChangeServer(servers, desk, sending, told.LostAfter, clock);
        var microphone = told.Microphone is { } program ? new MicrophoneTest(player, program, [], clock) : null;
        var selfTest = new SelfTest(disk, player, deck, programme, records, shelf, microphone, clock);
        var orders = new PlayingOrders(programme, hold, player, volume, outbox, clock);
        var known = new Dictionary<string, Prepare>
        {
            [Command.Volume] = orders.Volume,
            [Command.Amplifier] = orders.Amplifier,
            [Command.Stop] = orders.Stop,
            [Command.Next] = orders.Next,
            [Command.Pause] = orders.Pause,
            [Command.Resume] = orders.Resume,
            [Command.Restart] = departure.Order,
            [Command.Identify] = orders.Identify,
            [Command.SelfTest] = selfTest.Order,
            [Command.CollectLog] = new CollectLog(ring, outbox).Order,
            [Command.Update] = update.Order,
            [Command.ChangeServer] = elsewhere.Order,
        };
        using var command = new TakeCommand(known, notes, guard, records, answers, outbox, clock, log);
        var nonce = new ConnectionNonce();
        var letterbox = new Letterbox(guard, timetable, command, records, outbox, nonce, time, log);
        var report = new Report(guard, timetable, programme, records, volume, packages, nonce, disk, clock);
        var checkup = new Checkup(around.Health ?? new NoHealth(), hold, volume, player, disk, clock, told.HealthEvery);
        var turnedAway = New(clock);
        Enrol Again()
        {
            var here = settings with { Server = servers.Current.Http };
            return new Enrol(
                here,
                notes,
                keys,
                new EnrolmentDesk(around.Http, here, clock),
                new CodeSign(settings.Data, around.Show, around.ShowRoot),
                clock,
                log,
                new Standing(guard, records)
            );
        }
        var renewal = new KeyRenewal(Again, turnedAway, departure, clock, log);
        using var line = new MqttLine(told.Authority, around.Line);
        var proving = new Proving(packages, update, selfTest.Output, told.ProveFor, clock, log);
        await using var link = new ServerLink(
            identity,
            key,
            servers,
            elsewhere,
            letterbox,
            records,
            answers,
            outbox,
            report,
            checkup,
            nonce,
            time,
            line,
            sending,
            turnedAway,
            clock,
            log
        );
        letterbox.Acknowledged += link.Accepted;
        letterbox.Acknowledged += renewal.LetIn;
        letterbox.Acknowledged += proving.Answered;

        book.CloseInterrupted();
        update.Restore();
        command.Restore(
            order => update.Answers(order.Command) || servers.Answers(order.Command),
            new ReadBack(Version: packages.Version(PackageKind.Software))
        );
        timetable.Restore();
        await Together(
            [
                player.Run,
                fetch.Run,
                time.Run,
                link.Run,
                update.Run,
                proving.Run,
                command.Run,
                departure.Run,
                renewal.Run,
            ],
            departure,
            cancel
        );
        log.Tell("restart");
        return Departed.Restart;
    }

    static Signal New(TimeProvider clock) => new(clock);

    // When one part fails, or wants a restart, the others end in good order first.
    static async Task Together(Func<CancellationToken, Task>[] parts, Departure departure, CancellationToken cancel)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var running = parts.Select(part => part(either.Token)).ToArray();
        await Task.WhenAny(running);
        await either.CancelAsync();
        try
        {
            await Task.WhenAll(running);
        }
        catch (OperationCanceledException) when (departure.IsWanted && running.All(part => !part.IsFaulted))
        {
            cancel.ThrowIfCancellationRequested();
        }
    }

    static Uri Folder(Uri server, string folder) => new(server, folder.EndsWith('/') ? folder : folder + "/");

    // Two processes with one identity would each break the other's chain of records.
    FileStream Claim() =>
        new(Path.Combine(settings.Data, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
}
