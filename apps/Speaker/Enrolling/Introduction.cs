using System.Buffers.Text;
using System.Security.Cryptography;
using Loa.Air;
using Loa.Jose;
using Loa.Speaker.Servers;
using Loa.Speaker.Trust;

namespace Loa.Speaker.Enrolling;

/// <summary>The speaker tells a server that it is there; the server's half of a claim code is the answer.</summary>
sealed class Introduction(
    Settings settings,
    OwnKeys keys,
    PinnedRoot root,
    EnrolmentClient client,
    TimeProvider clock,
    EventLog log
)
{
    const int NonceBytes = 32;

    /// <summary>Whether there must be a new one: it is over, of another server, or of a key that is gone.</summary>
    public bool IsOver(PendingEnrolment open) =>
        open.RootKey is null
        || open.At != settings.Server
        || open.Expires <= clock.GetUtcNow()
        || keys.Of(open) is null;

    // With the key it has, for that may be named beforehand and who says that it was taken back may lie.
    public async Task<PendingEnrolment> Run(CancellationToken cancel)
    {
        try
        {
            return await With(keys.InForce, cancel);
        }
        catch (KeyTakenBackException)
        {
            log.Tell("key-taken-back", ("kid", keys.InForce.KeyId));
        }
        try
        {
            return await With(keys.Next(), cancel);
        }
        catch (KeyTakenBackException)
        {
            keys.ForgetNext();
            throw;
        }
    }

    async Task<PendingEnrolment> With(SigningKey key, CancellationToken cancel)
    {
        // Sealed before anything is heard: whoever would give another root cannot choose one that fits.
        var nonce = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(NonceBytes));
        var opened = await client.Open(key, ClaimCheck.Seal(nonce), cancel);
        root.Check(opened.Root, opened.Roots);
        var way = MqttWay.Of(opened.Mqtt, opened.Mqtts, opened.Ca);
        return new PendingEnrolment(
            opened.Id,
            opened.Code,
            opened.Expires,
            opened.Server,
            way.Address,
            settings.Server,
            opened.Root,
            nonce,
            Kid: key.KeyId,
            Authority: way.Authority
        );
    }
}
