using System.Net.Sockets;
using Loa.Mqtt.Transports;

namespace Loa.Mqtt.Server.Admission;

/// <summary>Takes each new connection, whatever its transport: counts it, and lets it wait until its client is known.</summary>
sealed class Acceptor(ServerContext context)
{
    volatile bool closed;

    public void Close() => closed = true;

    public void Open(Socket socket, TlsHandshakes? tls = null)
    {
        try
        {
            socket.NoDelay = true;
            socket.SendBufferSize = context.Options.SendBuffer;
            var transport = new SocketTransport(socket);
            if (Admit(transport) is { } connection)
                connection.Start(tls is null ? null : cancel => tls.Pass(socket, transport, cancel));
        }
        catch (Exception failure) when (Wire.IsLoss(failure))
        {
            // It was closed before it could be set up.
            context.Meters.RefusedConnection(ReasonCode.UnspecifiedError);
            socket.Dispose();
        }
    }

    public Task Serve(Transport transport)
    {
        if (Admit(transport) is not { } connection)
            return Task.CompletedTask;
        var over = connection.Over();
        connection.Start();
        return over;
    }

    Connection? Admit(Transport transport)
    {
        if (closed)
            return Refuse(transport, ReasonCode.ServerShuttingDown);
        if (!context.ConnectionRateLimiter.MayConnect(transport.RemoteEndPoint))
            return Refuse(transport, ReasonCode.ConnectionRateExceeded);

        var connection = new Connection(transport, context);
        var full = context.Connections.Count >= context.Options.MaximumConnections;
        if (!context.Waiting.TryEnter(connection, full, out var replaced))
            return Refuse(transport, ReasonCode.ServerBusy);
        replaced?.GiveWay();
        context.Connections.Add(connection);
        return connection;
    }

    Connection? Refuse(Transport transport, ReasonCode reason)
    {
        context.Meters.RefusedConnection(reason);
        transport.Abort();
        return null;
    }
}
