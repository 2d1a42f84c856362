using Loa.Jose;
using Loa.Speaker.Commands;
using Loa.Speaker.Enrolling;
using Loa.Speaker.Link;
using Loa.Speaker.Media;
using Loa.Speaker.Playing;
using Loa.Speaker.Records;
using Loa.Speaker.Schedule;
using Loa.Speaker.Store;
using Loa.Speaker.Trust;

namespace Loa.Speaker;

/// <summary>The software of one loudspeaker cluster, from its first start until it is switched off; a process may hold thousands.</summary>
public sealed class Loudspeaker(Settings settings, Surroundings around)
{
    const string KeyFile = "key.pem";

    /// <summary>Runs until cancelled.</summary>
    /// <exception cref="AnotherRootException">It is asked to obey another root than its own.</exception>
    /// <exception cref="IOException">Its data cannot be read or written, or another process uses them.</exception>
    public async Task Run(CancellationToken cancel)
    {
        Directory.CreateDirectory(settings.Data);
        using var mine = Claim();
        var disk = around.Disk(new Disk(settings.Data, around.Durable));
        var key = OwnKey(disk);
        using var notes = new Notebook(disk);
        if (notes.Torn > 0)
            around.Log.Tell("torn", ("bytes", notes.Torn));
        var enrol = new Enrol(
            settings,
            notes,
            key,
            new EnrolmentDesk(around.Http, settings, around.Clock),
            new CodeSign(settings.Data, around.Show),
            around.Clock,
            around.Log
        );
        try
        {
            var identity = await enrol.Run(cancel);
            await Serve(notes, disk, key, enrol.Pinned()!, identity, cancel);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            around.Log.Tell("stopped");
        }
    }

    async Task Serve(
        Notebook notes,
        IDisk disk,
        SigningKey key,
        PublicKey root,
        Identity identity,
        CancellationToken cancel
    )
    {
        var (clock, log) = (around.Clock, around.Log);
        var (sending, playing, fetching) = (new Signal(clock), new Signal(clock), new Signal(clock));
        var guard = new Guard(notes, root, identity, key.KeyId, clock);
        var outbox = new Outbox(sending, clock);
        var records = new RecordBook(notes, key, identity.Speaker, sending, clock);
        var book = new ItemBook(notes, records, outbox, identity.Speaker, clock, log);
        var programme = new Programme(playing, fetching);
        var timetable = new TakeTimetable(notes, guard, programme, book, records, outbox, clock, log);
        var shelf = new MediaShelf(disk, settings.MediaBytes);
        var source = new MediaSource(around.Http, clock);
        var fetch = new FetchMedia(
            programme,
            book,
            shelf,
            source,
            () => Folder(timetable),
            outbox,
            fetching,
            clock,
            log
        );
        var volume = new Volume(notes);
        var player = new Player(programme, book, guard, shelf, around.Output, volume, playing, clock, log);
        var command = new TakeCommand(notes, guard, records, programme, player, volume, outbox, log);
        var letterbox = new Letterbox(guard, timetable, command, records, outbox, log);
        var report = new Report(guard, timetable, programme, records, volume, disk, clock);
        var address = settings.Mqtt ?? identity.Mqtt;
        await using var link = new ServerLink(
            identity,
            address,
            key,
            records,
            outbox,
            report,
            letterbox,
            sending,
            clock,
            log
        );

        book.CloseInterrupted();
        timetable.Restore();
        await Together([player.Run, fetch.Run, link.Run], cancel);
    }

    // When one part fails, the others end in good order before the failure is told.
    static async Task Together(Func<CancellationToken, Task>[] parts, CancellationToken cancel)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var running = parts.Select(part => part(either.Token)).ToArray();
        await Task.WhenAny(running);
        await either.CancelAsync();
        await Task.WhenAll(running);
    }

    Uri Folder(TakeTimetable timetable)
    {
        var folder = timetable.Media ?? new Uri(settings.Server, "/air/media/").ToString();
        return new Uri(settings.Server, folder.EndsWith('/') ? folder : folder + "/");
    }

    // Two processes with one identity would each break the other's chain of records.
    FileStream Claim() =>
        new(Path.Combine(settings.Data, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);

    SigningKey OwnKey(IDisk disk)
    {
        var file = Path.Combine(settings.Data, KeyFile);
        if (File.Exists(file))
            return SigningKey.Load(file);
        var key = SigningKey.Create();
        key.Save(file);
        disk.SyncFolder("");
        return key;
    }
}
