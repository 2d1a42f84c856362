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

    Journal journal;

    public ServerBench()
    {
        journal = new Journal(Disk);
        Answers = new CommandReceipts(journal, new Wakeup(Clock), Clock);
    }

    public PowerCutDisk Disk { get; private set; } = new(Leaves.HalfOfIt);

    public HeldMachine Clock { get; } = new(new DateTimeOffset(2026, 11, 22, 5, 0, 0, TimeSpan.Zero));

    public CommandReceipts Answers { get; private set; }

    public ServerTrial Start() => new(journal, settings, identity, Answers, Clock, new EventLog(Clock, "TEST", null));

    public ServerTrial Restart()
    {
        Disk = Disk.Restart();
        journal = new Journal(Disk);
        Answers = new CommandReceipts(journal, new Wakeup(Clock), Clock);
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
        var changes = new WriteBatch();
        Answers.Begin(command, "", changes);
        journal.Commit(changes);
        return command.Id;
    }
}
