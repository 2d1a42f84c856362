using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Loa.Mqtt.Transports;

namespace Loa.Mqtt.Client;

/// <summary>Reaches a server by one of the four ways.</summary>
static class Dial
{
    // TCP_USER_TIMEOUT of tcp(7).
    const int UserTimeout = 18;

    public static async Task<Transport> Run(MqttClientOptions options, TimeProvider clock, CancellationToken cancel)
    {
        if (options.Reach is { } reach)
            return await reach(cancel);
        if (options.Transport is TransportKind.WebSocket or TransportKind.SecureWebSocket)
            return await WebSocket(options, clock, cancel);
        var socket = await Connect(new DnsEndPoint(options.Host, options.Port), options, cancel);
        try
        {
            return options.Transport is TransportKind.Tls
                ? await Tls(socket, options, clock, cancel)
                : new SocketTransport(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    static async Task<Socket> Connect(DnsEndPoint server, MqttClientOptions options, CancellationToken cancel)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(server, cancel);
            // What needs no answer tells only by the kernel's own confirmation whether anybody is there. Not before: a socket
            // with an option that .NET does not know cannot try the next address of a name when the first is dead.
            if (OperatingSystem.IsLinux())
                socket.SetRawSocketOption(
                    (int)SocketOptionLevel.Tcp,
                    UserTimeout,
                    BitConverter.GetBytes((int)options.UnconfirmedAllowed.TotalMilliseconds)
                );
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    static async Task<Transport> Tls(
        Socket socket,
        MqttClientOptions options,
        TimeProvider clock,
        CancellationToken cancel
    )
    {
        var stream = new SslStream(new NetworkStream(socket, ownsSocket: true));
        try
        {
            await stream.AuthenticateAsClientAsync(Trust(options, clock), cancel);
            return new StreamTransport(socket, stream);
        }
        catch (AuthenticationException failure)
        {
            await stream.DisposeAsync();
            throw new MqttException(ReasonCode.NotAuthorized, "The server could not prove who it is.", failure);
        }
    }

    static async Task<Transport> WebSocket(MqttClientOptions options, TimeProvider clock, CancellationToken cancel)
    {
        var safe = options.Transport is TransportKind.SecureWebSocket;
        var address = new UriBuilder(safe ? "wss" : "ws", options.Host, options.Port, options.Path).Uri;
        using var handler = new SocketsHttpHandler
        {
            SslOptions = Trust(options, clock),
            UseProxy = false,
            ConnectCallback = async (to, stop) =>
                new NetworkStream(await Connect(to.DnsEndPoint, options, stop), ownsSocket: true),
        };
        using var invoker = new HttpMessageInvoker(handler);
        var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol(WebSocketTransport.SubProtocol);
        // MQTT keeps the connection alive itself.
        socket.Options.KeepAliveInterval = TimeSpan.Zero;
        try
        {
            await socket.ConnectAsync(address, invoker, cancel);
            return new WebSocketTransport(socket, remote: null);
        }
        catch (WebSocketException failure)
        {
            socket.Dispose();
            throw new MqttException(ReasonCode.ServerUnavailable, "The server cannot be reached.", failure);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    // The time is the client's own: a speaker whose clock was wrong at boot knows better after it has asked.
    static SslClientAuthenticationOptions Trust(MqttClientOptions options, TimeProvider clock)
    {
        var policy = new X509ChainPolicy
        {
            RevocationMode = X509RevocationMode.NoCheck,
            VerificationTime = clock.GetUtcNow().UtcDateTime,
            VerificationTimeIgnored = false,
            VerificationFlags = options.KnowsTime()
                ? X509VerificationFlags.NoFlag
                : X509VerificationFlags.IgnoreNotTimeValid,
        };
        if (options.Authority is { } authority)
        {
            policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            policy.CustomTrustStore.Add(authority);
        }
        return new SslClientAuthenticationOptions
        {
            TargetHost = options.ServerName ?? options.Host,
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            CertificateChainPolicy = policy,
        };
    }
}
