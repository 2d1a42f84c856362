using Loa.Air;
using Loa.Jose;
using Loa.Speaker.Commands;

namespace Loa.Speaker.Updating;

/// <summary>Brings the update that is under way here, lays it out and has it tried; what cannot be had now is tried again for a day.</summary>
sealed class RunUpdate(
    UpdateUnderWay underWay,
    JudgePackage judge,
    Install install,
    Restart restart,
    Wakeup changed,
    TimeProvider clock,
    EventLog log
)
{
    // A speaker that was away for long gets another order.
    static readonly TimeSpan patience = TimeSpan.FromHours(24);
    static readonly TimeSpan idle = TimeSpan.FromMinutes(10);

    readonly Backoff backoff = new();

    public async Task Run(CancellationToken cancel)
    {
        while (true)
        {
            var wait = idle;
            if (underWay.Current is { } note && !install.IsTrying)
                wait = await Step(note, cancel);
            await changed.Wait(wait, cancel);
        }
    }

    async Task<TimeSpan> Step(UpdateNote note, CancellationToken cancel)
    {
        var verdict = judge.Run(note.Package, Jws.Digest(note.Package));
        if (!verdict.Ok)
            return End(note, verdict.Reason);
        try
        {
            var reason = await install.Run(verdict.Document, note, cancel);
            if (reason is null)
            {
                restart.Want(RestartReason.Update);
                return idle;
            }
            if (reason != Refusal.MediaUnreachable || IsTooLate(note))
                return End(note, reason);
        }
        catch (IOException failing)
        {
            log.Tell("storage", ("detail", failing.Message));
            if (IsTooLate(note))
                return End(note, CommandFailure.Storage);
        }
        return backoff.Next();
    }

    bool IsTooLate(UpdateNote note) => clock.GetUtcNow() - note.Since > patience;

    TimeSpan End(UpdateNote note, string failure)
    {
        underWay.End(note, failure);
        backoff.Reset();
        return idle;
    }
}
