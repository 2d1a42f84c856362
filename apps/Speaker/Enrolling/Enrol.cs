using Loa.Air;
using Loa.Jose;
using Loa.Speaker.Store;
using Loa.Speaker.Trust;

namespace Loa.Speaker.Enrolling;

/// <summary>A new speaker shows its code until a person claims it; then it knows its root, its name and its place for ever.</summary>
sealed class Enrol(
    Settings settings,
    Notebook notes,
    SigningKey key,
    EnrolmentDesk desk,
    CodeSign sign,
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

    /// <exception cref="AnotherRootException">The server or the command line names another root than the pinned one.</exception>
    public async Task<Identity> Run(CancellationToken cancel)
    {
        if (settings.Root is not null)
            Pin(settings.Root);
        while (true)
        {
            if (notes.Value(Notes.Identity, NoteJson.Default.Identity) is { } identity)
            {
                sign.TakeDown();
                return identity;
            }
            var wait = await Step(cancel);
            await Task.Delay(wait, clock, cancel);
        }
    }

    async Task<TimeSpan> Step(CancellationToken cancel)
    {
        try
        {
            var open = notes.Value(Notes.Enrolment, NoteJson.Default.OpenEnrolment);
            if (open is null || open.Expires <= clock.GetUtcNow())
                open = await Open(cancel);
            sign.Show(open.Code);
            var claimed = await Ask(open, cancel);
            backoff.Reset();
            return claimed ? TimeSpan.Zero : Pause();
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

    async Task<OpenEnrolment> Open(CancellationToken cancel)
    {
        var opened = await desk.Open(key, cancel);
        Pin(opened.Root);
        var open = new OpenEnrolment(opened.Id, opened.Code, opened.Expires, opened.Server, opened.Mqtt);
        notes.Commit(new Changes().Put(Notes.Enrolment, open, NoteJson.Default.OpenEnrolment));
        log.Tell("enrolling", ("enrolment", open.Id), ("expires", open.Expires.ToString("O")));
        return open;
    }

    async Task<bool> Ask(OpenEnrolment open, CancellationToken cancel)
    {
        var status = await desk.Ask(open.Id, cancel);
        if (status is null)
            notes.Commit(new Changes().Forget(Notes.Enrolment));
        if (status?.State != EnrolmentState.Claimed)
            return false;
        if (Refused(status) is { } reason)
        {
            log.Tell("claim-refused", ("reason", reason));
            throw new HttpRequestException($"The claim cannot be believed: {reason}.");
        }
        return true;
    }

    // The very first placement is judged by the pinned root, with no place before it.
    string? Refused(EnrolmentStatus status)
    {
        var chain = new Chain(Pinned()!);
        foreach (var delegation in status.Delegations ?? [])
            chain.Learn(delegation);
        var speaker = status.Speaker!.Value;
        var verdict = chain.VerifyPlacement(status.Placement, speaker, key.KeyId, null, clock.GetUtcNow());
        if (!verdict.Ok)
            return verdict.Reason;
        var open = notes.Value(Notes.Enrolment, NoteJson.Default.OpenEnrolment)!;
        var changes = new Changes()
            .Put(Notes.Placement, verdict.Signed.Compact)
            .Put(Notes.Identity, new Identity(speaker, open.Server, open.Mqtt), NoteJson.Default.Identity)
            .Forget(Notes.Enrolment);
        foreach (var delegation in chain.Delegations)
            changes.Put(Notes.Delegation(delegation.Digest), delegation.Compact);
        notes.Commit(changes);
        log.Tell("claimed", ("speaker", speaker));
        return null;
    }

    public PublicKey? Pinned() =>
        PublicKey.TryFrom(notes.Value(Notes.Root, NoteJson.Default.Jwk), out var root) ? root : null;

    void Pin(Jwk root)
    {
        if (!PublicKey.TryFrom(root, out var offered))
            throw new AnotherRootException("The root is not a P-256 public key.");
        var pinned = Pinned();
        if (pinned is not null && pinned.KeyId != offered.KeyId)
            throw new AnotherRootException($"This speaker obeys the root {pinned.KeyId}, not {offered.KeyId}.");
        if (pinned is null)
            notes.Commit(new Changes().Put(Notes.Root, root, NoteJson.Default.Jwk));
    }
}
