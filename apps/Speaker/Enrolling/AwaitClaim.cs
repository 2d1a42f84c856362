using Loa.Air;
using Loa.Speaker.Store;
using Loa.Speaker.Trust;

namespace Loa.Speaker.Enrolling;

/// <summary>A new speaker shows its code until a person claims it; then it knows its root, its name and its place for ever.</summary>
sealed class AwaitClaim(
    Journal journal,
    Introduction introduction,
    EnrolmentClient client,
    CodeSign sign,
    BelieveClaim claim,
    TimeProvider clock,
    EventLog log
)
{
    // Whoever has just put it up types its code within minutes; whoever left it for tomorrow can wait for a minute then.
    static readonly TimeSpan shortestPause = TimeSpan.FromSeconds(2);
    static readonly TimeSpan longestPause = TimeSpan.FromMinutes(1);
    const int PauseShare = 30;

    readonly Backoff backoff = new();
    readonly long began = clock.GetTimestamp();

    /// <exception cref="AnotherRootException">The server names another root than the pinned one.</exception>
    public async Task<Identity> Run(CancellationToken cancel)
    {
        while (true)
        {
            if (journal.Value(JournalKeys.Identity, TrustJson.Default.Identity) is { } identity)
            {
                sign.TakeDown();
                return identity;
            }
            await Claimed(cancel);
        }
    }

    /// <summary>A speaker that has a place, and is not let in, introduces itself again.</summary>
    /// <returns>False when the server knows it and its key as before.</returns>
    /// <exception cref="AnotherRootException">The server names another root than the pinned one.</exception>
    public async Task<bool> Again(CancellationToken cancel)
    {
        await Claimed(cancel);
        sign.TakeDown();
        return claim.IsAnew;
    }

    /// <summary>There is nothing to be claimed any more.</summary>
    public void TakeDown()
    {
        sign.TakeDown();
        journal.Commit(new WriteBatch().Forget(JournalKeys.Enrolment));
    }

    async Task Claimed(CancellationToken cancel)
    {
        while (await Step(cancel) is { } wait)
            await Task.Delay(wait, clock, cancel);
    }

    // How long to wait for the next; null when it is claimed.
    async Task<TimeSpan?> Step(CancellationToken cancel)
    {
        try
        {
            var open = journal.Value(JournalKeys.Enrolment, EnrolmentJson.Default.PendingEnrolment);
            if (open is null || introduction.IsOver(open))
                open = await Introduce(cancel);
            // Shown before a restart, and perhaps typed in since.
            if (open.IsOpened)
                sign.Show(open);
            var claimed = await Ask(open, cancel);
            if (!claimed)
                await Unseal(open, cancel);
            backoff.Reset();
            return claimed ? null : Pause();
        }
        catch (ServerBusyException busy)
        {
            var wait = busy.Wait();
            log.Tell("server-busy", ("wait_ms", (long)wait.TotalMilliseconds));
            return wait;
        }
        catch (HttpRequestException away)
        {
            log.Tell("server-away", ("detail", away.Message));
            return backoff.Next();
        }
    }

    TimeSpan Pause()
    {
        var pause = clock.GetElapsedTime(began) / PauseShare;
        return pause < shortestPause ? shortestPause
            : pause < longestPause ? pause
            : longestPause;
    }

    async Task<PendingEnrolment> Introduce(CancellationToken cancel)
    {
        var open = await introduction.Run(cancel);
        Note(open);
        log.Tell("enrolling", ("enrolment", open.Id), ("expires", open.Expires.ToString("O")));
        return open;
    }

    // Only the half of a code is added to; a whole one would prove nothing of who stands between.
    async Task Unseal(PendingEnrolment open, CancellationToken cancel)
    {
        var isOver = journal.Value(JournalKeys.Enrolment, EnrolmentJson.Default.PendingEnrolment) is null;
        if (open.IsOpened || isOver)
            return;
        if (!ClaimCheck.IsHalf(open.Code))
        {
            log.Tell("code-unchecked", ("detail", "the server gives whole codes; it is to be updated"));
            return;
        }
        if (!await client.Unseal(open.Id, open.Nonce, cancel))
        {
            journal.Commit(new WriteBatch().Forget(JournalKeys.Enrolment));
            return;
        }
        Note(open with { IsOpened = true });
        sign.Show(open);
    }

    void Note(PendingEnrolment open) =>
        journal.Commit(new WriteBatch().Put(JournalKeys.Enrolment, open, EnrolmentJson.Default.PendingEnrolment));

    async Task<bool> Ask(PendingEnrolment open, CancellationToken cancel)
    {
        var status = await client.Ask(open.Id, cancel);
        if (status is null)
            journal.Commit(new WriteBatch().Forget(JournalKeys.Enrolment));
        if (status?.State != EnrolmentState.Claimed)
            return false;
        if (claim.Refused(open, status) is { } reason)
        {
            log.Tell("claim-refused", ("reason", reason));
            throw new HttpRequestException($"The claim cannot be believed: {reason}.");
        }
        return true;
    }
}
