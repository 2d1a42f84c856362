using Loa.Air;
using Loa.Speaker.Commands;
using Loa.Speaker.InABox;
using Loa.Speaker.Servers;
using Loa.Speaker.Store;
using Loa.Speaker.Trust;

namespace Loa.Speaker.Link;

/// <summary>What a speaker remembers of its servers, on a disk whose power can be cut.</summary>
sealed class ServerBench
{
    static readonly Settings settings = new(new Uri("http://cu.test"), "", "TEST");
    static readonly Identity identity = new(Some.Id("speaker"), "cu.test", "cu.test:1");

    Notebook notes;

    public ServerBench()
    {
        notes = new Notebook(Disk);
        Answers = new AnswerBook(notes, new Signal(Clock), Clock);
    }

    public PowerCutDisk Disk { get; private set; } = new(Leaves.HalfOfIt);

    public HeldMachine Clock { get; } = new(new DateTimeOffset(2026, 11, 22, 5, 0, 0, TimeSpan.Zero));

    public AnswerBook Answers { get; private set; }

    public ServerBook Start() => new(notes, settings, identity, Answers, Clock, new EventLog(Clock, "TEST", null));

    public ServerBook Restart()
    {
        Disk = Disk.Restart();
        notes = new Notebook(Disk);
        Answers = new AnswerBook(notes, new Signal(Clock), Clock);
        return Start();
    }

    /// <summary>A command to change the server that was begun.</summary>
    public Guid Order()
    {
        var command = new Command(
            Guid.CreateVersion7(),
            identity.Speaker,
            Command.ChangeServer,
            new CommandArgs(),
            "",
            Clock.GetUtcNow(),
            Clock.GetUtcNow()
        );
        var changes = new Changes();
        Answers.Begin(command, "", changes);
        notes.Commit(changes);
        return command.Id;
    }
}
