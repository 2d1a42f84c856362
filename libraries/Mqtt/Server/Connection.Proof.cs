using Loa.Mqtt.Packets;

namespace Loa.Mqtt.Server;

sealed partial class Connection
{
    // Only while the client proves itself anew.
    ConnectRequest? proving;

    // MQTT 5.0, 4.12.1: the same method as at CONNECT, and all goes on meanwhile.
    async ValueTask<bool> Reauthenticate(Frame frame)
    {
        var known = client!;
        var fault = ReasonPacket.Read(frame, known.Version, out var packet);
        if (fault is not ReasonCode.Success)
            return Fail(fault);
        var begins = packet.Reason is ReasonCode.Reauthenticate && proving is null;
        var answers = packet.Reason is ReasonCode.ContinueAuthentication && proving is not null;
        if (known.AuthenticationMethod is null || !(begins || answers))
            return Fail(ReasonCode.ProtocolError);
        if (packet.Properties.AuthenticationMethod != known.AuthenticationMethod)
            return Fail(ReasonCode.BadAuthenticationMethod);

        throttle.Message();
        proving ??= new ConnectRequest
        {
            ClientId = known.Session.ClientId,
            Version = known.Version,
            RemoteEndPoint = RemoteEndPoint,
            AuthenticationMethod = known.AuthenticationMethod,
            MaximumPacketSize = (uint)known.MaximumPacket,
            Reauthenticating = true,
        };
        var request = proving;
        request.AuthenticationData = packet.Properties.AuthenticationData;
        AdmissionDecision? admission = null;
        var asked = await Ask(async host =>
            admission = begins
                ? await host.Admit(request, context.Stopping)
                : await host.Answer(request, request.AuthenticationData, context.Stopping)
        );
        if (!asked)
            return false;
        if (admission!.Kind is AdmissionKind.Refuse)
            return Fail(admission.Reason);

        if (admission.Kind is AdmissionKind.Accept)
            proving = null;
        using var writer = new PacketWriter();
        return Answer(Handshake.Authentication(request, admission).Write(writer, PacketType.Auth).Span);
    }
}
