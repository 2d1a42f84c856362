using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Loa.Air;
using Loa.Contracts.Gateway;
using Loa.Kernel;
using Loa.Mqtt;
using Loa.Mqtt.Server;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Loa.Gateway;

/// <summary>Lets in a speaker that proves its key for this very connection.</summary>
sealed partial class SpeakerAdmission(
    KeyLookup keys,
    NodeConnections node,
    Challenges challenges,
    RevokedKeys revoked,
    IOptions<GatewayOptions> options,
    TimeProvider clock,
    ILogger<SpeakerAdmission> log
)
{
    const int NonceBytes = 32;

    // Where failures come from; an address is no culprit, so it only makes who comes from there wait a little.
    readonly RateLimit<IPAddress> failures = new(
        options.Value.FailuresPerMinute,
        options.Value.FailuresPerMinute / 60.0,
        clock
    );

    public ValueTask<AdmissionDecision> Admit(ConnectRequest request, CancellationToken cancel)
    {
        var byPassword = request is { AuthenticationMethod: null, UserName: not null };
        if (!byPassword && request.AuthenticationMethod != ConnectionProof.Method)
            return Failed(request, ReasonCode.BadAuthenticationMethod);
        if (!LowerCaseId.TryParse(request.ClientId, out var speaker))
            return Failed(request, ReasonCode.ClientIdentifierNotValid);
        if (byPassword)
            return Admit(request, speaker, cancel);
        var nonce = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(NonceBytes));
        request.State = nonce;
        return ValueTask.FromResult(AdmissionDecision.Challenge(Encoding.ASCII.GetBytes(nonce)));
    }

    public async ValueTask<AdmissionDecision> Answer(
        ConnectRequest request,
        ReadOnlyMemory<byte> answer,
        CancellationToken cancel
    )
    {
        // Each challenge is answered once.
        var nonce = (string?)request.State;
        request.State = null;
        if (nonce is null || !LowerCaseId.TryParse(request.ClientId, out var speaker))
            return await Failed(request, ReasonCode.NotAuthorized);
        return await Judge(request, speaker, Encoding.UTF8.GetString(answer.Span), nonce, wasFetched: false, cancel);
    }

    /// <summary>Without enhanced authentication the password is the proof, over a nonce that was fetched before.</summary>
    async ValueTask<AdmissionDecision> Admit(ConnectRequest request, Guid speaker, CancellationToken cancel)
    {
        var password = Encoding.UTF8.GetString(request.Password.Span);
        if (
            request.UserName != request.ClientId
            || !ConnectionProof.TryRead(password, out var proof, out _)
            || !challenges.Knows(speaker, proof.Document.Nonce)
        )
            return await Failed(request, ReasonCode.BadUserNameOrPassword);
        return await Judge(request, speaker, password, proof.Document.Nonce, wasFetched: true, cancel);
    }

    async ValueTask<AdmissionDecision> Judge(
        ConnectRequest request,
        Guid speaker,
        string compact,
        string nonce,
        bool wasFetched,
        CancellationToken cancel
    )
    {
        var known = await keys.Find(speaker, isHurried: failures.Has(OriginOf(request)), cancel);
        if (known is null || (await revoked.Now(cancel)).Covers(known.Key.KeyId, known.PlacedBy))
            return await Failed(request, ReasonCode.NotAuthorized);
        var proof = ConnectionProof.Verify(compact, speaker, known.Key, options.Value.ServerName, nonce, letOld: true);
        if (!proof.Ok)
        {
            if (failures.Has(OriginOf(request)))
                Log.NotProved(log, speaker, request.RemoteEndPoint, proof.Reason);
            return await Failed(request, ReasonCode.NotAuthorized);
        }
        // Used up by the proof and not by who only names it.
        if (wasFetched && !challenges.Use(speaker, nonce))
            return await Failed(request, ReasonCode.BadUserNameOrPassword);
        node.Prove(speaker, known.Key, known.Connection, Terms.Of(proof.Document.Protocol, request.MaximumPacketSize));
        return AdmissionDecision.Accept();
    }

    ValueTask<AdmissionDecision> Failed(ConnectRequest request, ReasonCode reason)
    {
        failures.Take(OriginOf(request));
        return ValueTask.FromResult(AdmissionDecision.Refuse(reason));
    }

    static IPAddress OriginOf(ConnectRequest request) =>
        Caller.NetworkOf((request.RemoteEndPoint as IPEndPoint)?.Address ?? IPAddress.None);

    static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Somebody at {Address} did not prove to be speaker {Speaker}: {Reason}")]
        public static partial void NotProved(ILogger log, Guid speaker, EndPoint? address, string reason);
    }
}
