using System.Buffers.Text;
using System.Security.Cryptography;
using Loa.Air;
using Loa.Jose;
using Loa.Speaker.Store;
using Loa.Speaker.Trust;

namespace Loa.Speaker.Enrolling;

/// <summary>A new speaker shows its code until a person claims it; then it knows its root, its name and its place for ever.</summary>
sealed class Enrol(
    Settings settings,
    Notebook notes,
    OwnKeys keys,
    EnrolmentDesk desk,
    CodeSign sign,
    TimeProvider clock,
    EventLog log,
    Standing? standing = null
)
{
    // Whoever has just put it up types its code within minutes; whoever left it for tomorrow can wait for a minute then.
    static readonly TimeSpan shortestPause = TimeSpan.FromSeconds(2);
    static readonly TimeSpan longestPause = TimeSpan.FromMinutes(1);
    const int PauseShare = 30;
    const int NonceBytes = 32;
    const int MostDelegations = 256;

    readonly Backoff backoff = new();
    readonly long began = clock.GetTimestamp();
    bool isAnew;

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
        return isAnew;
    }

    /// <summary>There is nothing to be claimed any more.</summary>
    public void TakeDown()
    {
        sign.TakeDown();
        notes.Commit(new Changes().Forget(Notes.Enrolment));
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
            var open = notes.Value(Notes.Enrolment, NoteJson.Default.OpenEnrolment);
            var isOver = open?.At != settings.Server || open.Expires <= clock.GetUtcNow();
            if (open?.RootKey is null || isOver || KeyOf(open) is null)
                open = await Open(cancel);
            // Shown before a restart, and perhaps typed in since.
            if (open.IsOpened)
                Show(open);
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

    // With the key it has, for that may be named beforehand and who says that it was taken back may lie.
    async Task<OpenEnrolment> Open(CancellationToken cancel)
    {
        try
        {
            return await Open(keys.InForce, cancel);
        }
        catch (KeyTakenBackException)
        {
            log.Tell("key-taken-back", ("kid", keys.InForce.KeyId));
        }
        try
        {
            return await Open(keys.Next(), cancel);
        }
        catch (KeyTakenBackException)
        {
            keys.ForgetNext();
            throw;
        }
    }

    async Task<OpenEnrolment> Open(SigningKey key, CancellationToken cancel)
    {
        // Sealed before anything is heard: whoever would give another root cannot choose one that fits.
        var nonce = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(NonceBytes));
        var opened = await desk.Open(key, ClaimCheck.Seal(nonce), cancel);
        Check(opened.Root);
        var open = new OpenEnrolment(
            opened.Id,
            opened.Code,
            opened.Expires,
            opened.Server,
            opened.Mqtt,
            settings.Server,
            opened.Root,
            nonce,
            Kid: key.KeyId
        );
        Note(open);
        log.Tell("enrolling", ("enrolment", open.Id), ("expires", open.Expires.ToString("O")));
        return open;
    }

    // Only the half of a code is added to; a whole one would prove nothing of who stands between.
    async Task Unseal(OpenEnrolment open, CancellationToken cancel)
    {
        var isOver = notes.Value(Notes.Enrolment, NoteJson.Default.OpenEnrolment) is null;
        if (open.IsOpened || isOver)
            return;
        if (!ClaimCheck.IsHalf(open.Code))
        {
            log.Tell("code-unchecked", ("detail", "the server gives whole codes; it is to be updated"));
            return;
        }
        if (!await desk.Unseal(open.Id, open.Nonce, cancel))
        {
            notes.Commit(new Changes().Forget(Notes.Enrolment));
            return;
        }
        Note(open with { IsOpened = true });
        Show(open);
    }

    void Show(OpenEnrolment open)
    {
        var root = open.RootKey!.KeyId;
        var check = ClaimCheck.Signs(root, KeyOf(open)!.KeyId, open.Code, open.Nonce);
        sign.Show($"{open.Code}-{check}", ClaimCheck.RootNumber(root));
    }

    void Note(OpenEnrolment open) =>
        notes.Commit(new Changes().Put(Notes.Enrolment, open, NoteJson.Default.OpenEnrolment));

    async Task<bool> Ask(OpenEnrolment open, CancellationToken cancel)
    {
        var status = await desk.Ask(open.Id, cancel);
        if (status is null)
            notes.Commit(new Changes().Forget(Notes.Enrolment));
        if (status?.State != EnrolmentState.Claimed)
            return false;
        if (Refused(open, status) is { } reason)
        {
            log.Tell("claim-refused", ("reason", reason));
            throw new HttpRequestException($"The claim cannot be believed: {reason}.");
        }
        return true;
    }

    // The very first placement is judged by the root that was given or named, with no place before it. With it the root is
    // obeyed for ever; until then whoever named it has won nothing.
    string? Refused(OpenEnrolment open, EnrolmentStatus status)
    {
        var key = KeyOf(open)!;
        if (standing?.Guard is { } guard && guard.Speaker == status.Speaker && key.KeyId == keys.InForce.KeyId)
        {
            notes.Commit(new Changes().Forget(Notes.Enrolment));
            guard.Learn(status.Delegations ?? []);
            return guard.Place(status.Placement!);
        }
        var root = Pinned() ?? open.RootKey!;
        var chain = RootNotes.Open(notes, root, MostDelegations);
        if (notes.Text(Notes.Revocations) is { } revocations)
            chain.Revoke(Jws.Low(revocations));
        foreach (var delegation in status.Delegations ?? [])
            chain.Learn(delegation);
        var speaker = status.Speaker!.Value;
        var verdict = chain.VerifyPlacement(status.Placement, speaker, key.KeyId, null, clock.GetUtcNow());
        if (!verdict.Ok)
            return verdict.Reason;
        var changes = new Changes()
            .Put(Notes.Root, root.Jwk, NoteJson.Default.Jwk)
            .Put(Notes.Placement, verdict.Signed.Compact)
            .Put(Notes.Identity, new Identity(speaker, open.Server, open.Mqtt), NoteJson.Default.Identity)
            .Put(Notes.Key, key.KeyId)
            .Forget(Notes.Enrolment);
        foreach (var delegation in chain.Delegations)
            changes.Put(Notes.Delegation(delegation.Digest), delegation.Compact);
        if (standing is not null)
            standing.Records.Move(key, speaker, changes);
        else
            notes.Commit(changes);
        keys.Claimed(key);
        isAnew = true;
        log.Tell("claimed", ("speaker", speaker));
        return null;
    }

    SigningKey? KeyOf(OpenEnrolment open) => keys.Find(open.Kid ?? keys.InForce.KeyId);

    /// <summary>The root that was pinned first; others may have taken its place since.</summary>
    public PublicKey? Pinned() =>
        PublicKey.TryFrom(notes.Value(Notes.Root, NoteJson.Default.Jwk), out var root) ? root : null;

    void Pin(Jwk root)
    {
        Check(root);
        if (Pinned() is null)
            notes.Commit(new Changes().Put(Notes.Root, root, NoteJson.Default.Jwk));
    }

    void Check(Jwk root)
    {
        if (!PublicKey.TryFrom(root, out var offered))
            throw new AnotherRootException("The root is not a P-256 public key.");
        if (Pinned() is not { } pinned || pinned.KeyId == offered.KeyId)
            return;
        if (RootNotes.Open(notes, pinned, MostDelegations).Root.KeyId != offered.KeyId)
            throw new AnotherRootException($"This speaker obeys the root {pinned.KeyId}, not {offered.KeyId}.");
    }
}
