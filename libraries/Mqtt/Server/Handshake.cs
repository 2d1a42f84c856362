using Loa.Mqtt.Packets;
using Loa.Mqtt.Server.Admission;
using Loa.Mqtt.Transports;

namespace Loa.Mqtt.Server;

/// <summary>The server's side of admission: CONNECT, the proofs the host asks for, CONNACK.</summary>
sealed class Handshake(Connection connection, Wire wire, ServerContext context)
{
    MqttServerOptions Options => context.Options;

    /// <summary>Null when the client was refused or went away.</summary>
    public async Task<ConnectedClient?> Run()
    {
        var (status, frame) = await First();
        if (status is not FrameStatus.Complete)
        {
            // What does not begin with CONNECT is no client and gets no answer.
            connection.Refused(Connection.FaultOf(status));
            return null;
        }

        var fault = ConnectPacket.Read(frame, out var packet, out var version);
        if (packet is null)
            return await Refuse(fault, version);

        var clientId = packet.ClientId.Length > 0 ? packet.ClientId : Guid.CreateVersion7().ToString("N");
        if (Unsupported(packet) is not ReasonCode.Success and var refusal)
            return await Refuse(refusal, version);

        var request = new ConnectRequest
        {
            ClientId = clientId,
            Version = packet.Version,
            RemoteEndPoint = connection.RemoteEndPoint,
            UserName = packet.UserName,
            Password = packet.Password,
            AuthenticationMethod = packet.Properties.AuthenticationMethod,
            AuthenticationData = packet.Properties.AuthenticationData,
            MaximumPacketSize = packet.Properties.MaximumPacketSize,
        };
        if (!context.ConnectionRateLimiter.MayTry(request.RemoteEndPoint, clientId))
            return await Refuse(ReasonCode.ConnectionRateExceeded, version);
        var admission = await Admit(request);
        if (admission is null)
            return null;
        if (admission.Kind is AdmissionKind.Refuse)
        {
            if (ConnectionRateLimiter.IsFailure(admission.Reason))
                context.ConnectionRateLimiter.Failed(request.RemoteEndPoint, clientId);
            return await Refuse(admission.Reason, version);
        }
        if (packet.Will is { } will && !MayLeave(clientId, will))
            return await Refuse(ReasonCode.NotAuthorized, version);

        return await Welcome(packet, request, admission);
    }

    // A stranger is known by its first byte; waiting for the rest of its nonsense would only hold a place.
    async Task<(FrameStatus Status, Frame Frame)> First()
    {
        while (await wire.Wait())
        {
            if (wire.Head != (byte)PacketType.Connect << 4)
                return (FrameStatus.Malformed, default);
            var status = wire.TryTake(out var frame);
            if (status is not FrameStatus.Incomplete)
                return (status, frame);
        }
        return (FrameStatus.Incomplete, default);
    }

    ReasonCode Unsupported(ConnectPacket packet)
    {
        if (packet.ClientId.Length > Options.MaximumClientIdLength || packet.ClientId.AsSpan().IndexOfAny("+#/") >= 0)
            return ReasonCode.ClientIdentifierNotValid;
        if (packet is { ClientId.Length: 0, Version: ProtocolVersion.V311, CleanStart: false })
            return ReasonCode.ClientIdentifierNotValid;
        if (packet.Will is { Retain: true } && !context.Retained.IsOffered)
            return ReasonCode.RetainNotSupported;
        return context.Sessions.HasRoomFor(packet.ClientId) ? ReasonCode.Success : ReasonCode.QuotaExceeded;
    }

    async Task<AdmissionDecision?> Admit(ConnectRequest request)
    {
        try
        {
            var admission = await Judge(host => host.Admit(request, context.Stopping));
            while (admission.Kind is AdmissionKind.Challenge)
            {
                if (request.AuthenticationMethod is null)
                    return AdmissionDecision.Refuse(ReasonCode.BadAuthenticationMethod);
                if (await Challenge(request, admission) is not { } answer)
                    return null;
                request.AuthenticationData = answer;
                admission = await Judge(host => host.Answer(request, answer, context.Stopping));
            }
            return admission;
        }
        catch (Exception failure) when (!Wire.IsLoss(failure))
        {
            context.HostFailed(request.ClientId, failure);
            return AdmissionDecision.Refuse(ReasonCode.ServerUnavailable);
        }
    }

    async Task<AdmissionDecision> Judge(Func<IMqttHost, ValueTask<AdmissionDecision>> ask)
    {
        connection.Work(begins: true);
        try
        {
            return await ask(context.Host);
        }
        finally
        {
            connection.Work(begins: false);
        }
    }

    async Task<byte[]?> Challenge(ConnectRequest request, AdmissionDecision admission)
    {
        using (var writer = new PacketWriter())
            await wire.Write(Authentication(request, admission).Write(writer, PacketType.Auth));

        var (status, frame) = await wire.Next();
        if (status is FrameStatus.Complete && frame.Type is PacketType.Auth)
        {
            var fault = ReasonPacket.Read(frame, ProtocolVersion.V5, out var packet);
            if (fault is ReasonCode.Success && packet.Reason is not ReasonCode.ContinueAuthentication)
                fault = ReasonCode.ProtocolError;
            if (fault is ReasonCode.Success && packet.Properties.AuthenticationMethod != request.AuthenticationMethod)
                fault = ReasonCode.BadAuthenticationMethod;
            if (fault is ReasonCode.Success)
                return packet.Properties.AuthenticationData ?? [];
            await Refuse(fault, (byte)ProtocolVersion.V5);
            return null;
        }

        if (status is FrameStatus.Incomplete || frame.Type is PacketType.Disconnect)
            connection.Refused(ReasonCode.NotAuthorized);
        else
            await Refuse(
                status is FrameStatus.Complete ? ReasonCode.ProtocolError : Connection.FaultOf(status),
                (byte)ProtocolVersion.V5
            );
        return null;
    }

    public static ReasonPacket Authentication(ConnectRequest request, AdmissionDecision admission) =>
        new()
        {
            Reason = admission.Kind is AdmissionKind.Challenge ? ReasonCode.ContinueAuthentication : ReasonCode.Success,
            Properties = new Properties
            {
                AuthenticationMethod = request.AuthenticationMethod,
                AuthenticationData = admission.Data.IsEmpty ? null : admission.Data.ToArray(),
            },
        };

    bool MayLeave(string clientId, Will will) =>
        context.Host.MayPublish(clientId, System.Text.Encoding.UTF8.GetBytes(will.Topic));

    async Task<ConnectedClient?> Welcome(ConnectPacket packet, ConnectRequest request, AdmissionDecision admission)
    {
        var attachment = context.Sessions.Attach(connection, request.ClientId, packet.CleanStart);
        var session = attachment.Session;
        if (attachment.Overdue is { } overdue)
            await Connection.TellWill(context, session, overdue);
        var asked = packet.Properties;
        var aliases = Math.Min(asked.TopicAliasMaximum ?? 0, Options.TopicAliasesOut);
        var client = new ConnectedClient
        {
            Connection = connection,
            Session = session,
            Version = packet.Version,
            WantsReasons = asked.RequestProblemInformation != false,
            MaximumPacket = (int)Math.Min(asked.MaximumPacketSize ?? int.MaxValue, int.MaxValue),
            Window = Math.Min(asked.ReceiveMaximum ?? Options.MaximumInFlight, Options.MaximumInFlight),
            SessionPresent = attachment.Present,
            KeepAlive = KeepAlive(packet),
            SessionExpiry = Expiry(packet),
            Will = packet.Will,
            AuthenticationMethod = request.AuthenticationMethod is { } method ? string.Intern(method) : null,
            Aliases = aliases > 0 ? new TopicAliases(aliases) : null,
        };
        session.MaximumPacket = client.MaximumPacket;
        try
        {
            // The host hears of one client's comings and goings in their order.
            attachment.TakenFrom?.Close(ReasonCode.SessionTakenOver);
            await (attachment.Leaving?.Left() ?? Task.CompletedTask);
            await attachment.Farewell;
            if (!connection.HasEnded)
            {
                using var writer = new PacketWriter();
                await wire.Write(Connack(packet, client, admission).Write(writer, packet.Version));
                return client;
            }
        }
        catch (Exception failure) when (Wire.IsLoss(failure))
        {
            connection.Refused(ReasonCode.UnspecifiedError);
        }
        context.Sessions.Detach(session, connection, client.SessionExpiry, will: null);
        context.Sessions.Left(session, connection);
        return null;
    }

    ConnackPacket Connack(ConnectPacket packet, ConnectedClient client, AdmissionDecision admission)
    {
        var asked = TimeSpan.FromSeconds(packet.KeepAliveSeconds);
        return new ConnackPacket
        {
            SessionPresent = client.SessionPresent,
            Properties = new Properties
            {
                SessionExpiry = (uint)client.SessionExpiry.TotalSeconds,
                ReceiveMaximum = Options.ReceiveMaximum,
                RetainAvailable = context.Retained.IsOffered ? null : false,
                TopicAliasMaximum = Options.TopicAliases > 0 ? Options.TopicAliases : null,
                MaximumPacketSize = (uint)Options.MaximumPacketSize,
                AssignedClientIdentifier = packet.ClientId.Length == 0 ? client.Session.ClientId : null,
                ServerKeepAlive = client.KeepAlive == asked ? null : (ushort)client.KeepAlive.TotalSeconds,
                SharedSubscriptionAvailable = false,
                AuthenticationMethod = client.AuthenticationMethod,
                AuthenticationData = admission.Data.IsEmpty ? null : admission.Data.ToArray(),
            },
        };
    }

    // A client of 3.1.1 cannot be told another interval than its own; none at all it may not have.
    TimeSpan KeepAlive(ConnectPacket packet)
    {
        var asked = TimeSpan.FromSeconds(packet.KeepAliveSeconds);
        var bounded = asked == TimeSpan.Zero || asked > Options.MaximumKeepAlive ? Options.MaximumKeepAlive : asked;
        return packet.Version is ProtocolVersion.V5 ? bounded : asked;
    }

    TimeSpan Expiry(ConnectPacket packet) =>
        packet.Version is ProtocolVersion.V5
            ? Bounded(packet.Properties.SessionExpiry ?? 0, Options.MaximumSessionExpiry)
        : packet.CleanStart ? TimeSpan.Zero
        : Options.MaximumSessionExpiry;

    public static TimeSpan Bounded(uint seconds, TimeSpan maximum) =>
        seconds >= maximum.TotalSeconds ? maximum : TimeSpan.FromSeconds(seconds);

    // A client whose dialect is not known is answered in the newer one, except the elder who could not read it.
    async Task<ConnectedClient?> Refuse(ReasonCode reason, byte version)
    {
        var dialect = version > (byte)ProtocolVersion.V311 ? ProtocolVersion.V5 : ProtocolVersion.V311;
        var answerable =
            dialect is ProtocolVersion.V5 || reason is not (ReasonCode.MalformedPacket or ReasonCode.ProtocolError);
        if (version > 0 && answerable)
        {
            using var writer = new PacketWriter();
            await wire.Write(new ConnackPacket { Reason = reason }.Write(writer, dialect));
        }
        connection.Refused(reason);
        return null;
    }
}
