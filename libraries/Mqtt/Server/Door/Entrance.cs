using System.Net.Sockets;
using Loa.Mqtt.Lines;

namespace Loa.Mqtt.Server.Door;

/// <summary>Whoever comes, by whatever way, comes through here: counted, and shown to a place to wait in until he is known.</summary>
sealed class Entrance(ServerContext context)
{
    volatile bool closed;

    public void Close() => closed = true;

    public void Open(Socket socket, TlsDoor? tls = null)
    {
        try
        {
            socket.NoDelay = true;
            socket.SendBufferSize = context.Options.SendBuffer;
            var line = new SocketLine(socket);
            if (Admit(line) is { } connection)
                connection.Start(tls is null ? null : cancel => tls.Pass(socket, line, cancel));
        }
        catch (Exception failure) when (Wire.IsLoss(failure))
        {
            // It hung up between knocking and our opening.
            context.Meters.RefusedConnection(ReasonCode.UnspecifiedError);
            socket.Dispose();
        }
    }

    public Task Serve(Line line)
    {
        if (Admit(line) is not { } connection)
            return Task.CompletedTask;
        var over = connection.Over();
        connection.Start();
        return over;
    }

    Connection? Admit(Line line)
    {
        if (closed)
            return Refuse(line, ReasonCode.ServerShuttingDown);
        if (!context.Bouncer.MayKnock(line.RemoteEndPoint))
            return Refuse(line, ReasonCode.ConnectionRateExceeded);

        var connection = new Connection(line, context);
        var full = context.Connections.Count >= context.Options.MaximumConnections;
        if (!context.Waiting.TryEnter(connection, full, out var shownOut))
            return Refuse(line, ReasonCode.ServerBusy);
        shownOut?.GiveWay();
        context.Connections.Add(connection);
        return connection;
    }

    Connection? Refuse(Line line, ReasonCode reason)
    {
        context.Meters.RefusedConnection(reason);
        line.Abort();
        return null;
    }
}
