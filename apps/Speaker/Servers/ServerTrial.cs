using Loa.Air;
using Loa.Speaker.Commands;
using Loa.Speaker.Store;
using Loa.Speaker.Trust;

namespace Loa.Speaker.Servers;

/// <summary>Which server this speaker belongs to, and which it tries; the old one is kept until the new one has accepted it.</summary>
/// <remarks>Nothing is believed of a server for being there: a wrong address costs time, what it says is judged by its signatures.</remarks>
sealed class ServerTrial
{
    static readonly TimeSpan patience = TimeSpan.FromMinutes(5);

    readonly Lock gate = new();
    readonly Journal journal;
    readonly CommandReceipts answers;
    readonly TimeProvider clock;
    readonly EventLog log;
    ServerNote settled;
    ServerTrialNote? trial;
    long began;

    public ServerTrial(
        Journal journal,
        Settings settings,
        Identity identity,
        CommandReceipts answers,
        TimeProvider clock,
        EventLog log
    )
    {
        (this.journal, this.answers, this.clock, this.log) = (journal, answers, clock, log);
        var learned = journal.Value(JournalKeys.Server, ServerJson.Default.ServerNote);
        settled =
            learned?.Given == settings.Server
                ? learned
                : new ServerNote(
                    settings.Server,
                    identity.Server,
                    settings.Mqtt ?? identity.Mqtt,
                    Given: settings.Server,
                    Authority: settings.Mqtt is null ? identity.Authority : null
                );
        trial = journal.Value(JournalKeys.ServerTrial, ServerJson.Default.ServerTrialNote);
        began = clock.GetTimestamp();
    }

    /// <summary>The one to talk to now.</summary>
    public ServerNote Current
    {
        get
        {
            lock (gate)
                return trial?.Server ?? settled;
        }
    }

    /// <summary>A folder on it from which bytes are fetched.</summary>
    public Uri Folder(string path) => new(Current.Http, path.EndsWith('/') ? path : path + "/");

    public bool IsTrying
    {
        get
        {
            lock (gate)
                return trial is not null;
        }
    }

    /// <summary>Whether this command's answer will come from here.</summary>
    public bool Answers(Guid command)
    {
        lock (gate)
            return trial?.Command == command;
    }

    public void Try(ServerNote server, Guid? command)
    {
        lock (gate)
        {
            GoBack();
            var wanted = new ServerTrialNote(
                server with
                {
                    Given = settled.Given,
                },
                clock.GetUtcNow() + patience,
                command
            );
            journal.Commit(new WriteBatch().Put(JournalKeys.ServerTrial, wanted, ServerJson.Default.ServerTrialNote));
            (trial, began) = (wanted, clock.GetTimestamp());
        }
        log.Tell("server-trial", ("server", server.Http), ("mqtt", server.Mqtt));
    }

    /// <summary>The server has accepted the connection and answered.</summary>
    public void Accepted(ServerNote by)
    {
        lock (gate)
        {
            if (trial is not { } tried || tried.Server != by)
                return;
            Settle(
                tried,
                Outcome.Done(new ReadBack(Server: by.Http.OriginalString)),
                new WriteBatch().Put(JournalKeys.Server, by, ServerJson.Default.ServerNote)
            );
            settled = by;
        }
        log.Tell("server-changed", ("server", by.Http), ("mqtt", by.Mqtt));
    }

    /// <summary>Goes back to the old server when the new one has not accepted the speaker in time.</summary>
    public void GiveUpInTime()
    {
        lock (gate)
        {
            // By either clock: the one of the day may be wrong, the other begins anew at a start.
            if (trial is { } tried && (clock.GetUtcNow() >= tried.Until || clock.GetElapsedTime(began) >= patience))
                GoBack();
        }
    }

    void GoBack()
    {
        if (trial is not { } tried)
            return;
        Settle(
            tried,
            Outcome.Failed(CommandFailure.ServerUnreachable, new ReadBack(Server: settled.Http.OriginalString)),
            new WriteBatch()
        );
        log.Tell("server-kept", ("server", settled.Http));
    }

    // The address, the end of the trial and the answer are one: a power cut leaves all or nothing.
    void Settle(ServerTrialNote tried, Outcome outcome, WriteBatch changes)
    {
        changes.Forget(JournalKeys.ServerTrial);
        if (tried.Command is { } command)
            answers.Answer(command, outcome, changes);
        else
            journal.Commit(changes);
        trial = null;
    }
}
