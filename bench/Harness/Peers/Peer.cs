using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Loa.Bench.Runs;

namespace Loa.Bench.Peers;

/// <summary>A server of somebody else, started with its own configuration on a free port of this machine.</summary>
public sealed class Peer : IAsyncDisposable
{
    static readonly TimeSpan patience = TimeSpan.FromSeconds(20);

    readonly Process process;
    readonly string folder;

    Peer(Process process, string folder, int port) => (this.process, this.folder, Port) = (process, folder, port);

    public int Port { get; }

    public int Id => process.Id;

    /// <summary>mosquitto without limits on what waits, for a bar must not be held by a peer's refusal.</summary>
    public static Task<Peer> Mosquitto(bool tls = false) =>
        Start(
            "/usr/sbin/mosquitto",
            (port, pem) =>
                $"listener {port} 127.0.0.1\nallow_anonymous true\npersistence false\nset_tcp_nodelay true\nmax_inflight_messages 0\nmax_queued_messages 0\nlog_type error\n"
                + (tls ? $"certfile {pem}\nkeyfile {pem}\n" : ""),
            file => ["-c", file]
        );

    public static Task<Peer> Nats(bool tls = false) =>
        Start(
            "/usr/sbin/nats-server",
            (port, pem) =>
                $"host: 127.0.0.1\nport: {port}\nmax_connections: 100000\nping_interval: \"1h\"\n"
                + (tls ? $"tls {{ cert_file: \"{pem}\", key_file: \"{pem}\", timeout: 60 }}\n" : ""),
            file => ["-c", file]
        );

    /// <summary>Installs the peers that are missing.</summary>
    public static async Task Need(params string[] commandsAndPackages)
    {
        using var need = Process.Start(
            new ProcessStartInfo(Path.Combine(Place.Repository(), "build", "need"), commandsAndPackages)
        )!;
        await need.WaitForExitAsync();
        if (need.ExitCode != 0)
            throw new InvalidOperationException(
                $"What this show measures against is missing: {string.Join(", ", commandsAndPackages)}"
            );
    }

    public static Task NeedBoth() => Need("/usr/sbin/mosquitto=mosquitto", "/usr/sbin/nats-server=nats-server");

    public async ValueTask DisposeAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    public static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    /// <summary>Returns when somebody listens there.</summary>
    public static async Task Listens(int port, Func<bool> alive)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                using var probe = new TcpClient();
                await probe.ConnectAsync(IPAddress.Loopback, port);
                return;
            }
            catch (SocketException) when (alive() && TimeProvider.System.GetElapsedTime(began) < patience)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
            }
        }
    }

    static async Task<Peer> Start(
        string program,
        Func<int, string, string> configuration,
        Func<string, string[]> arguments
    )
    {
        // Readable by others, for mosquitto leaves root's rights behind.
        var home = Directory.CreateTempSubdirectory("loa-peer-").FullName;
        File.SetUnixFileMode(home, (UnixFileMode)Convert.ToInt32("755", 8));
        var port = FreePort();
        var file = Path.Combine(home, "peer.conf");
        var pem = Path.Combine(home, "peer.pem");
        OwnCertificate.Write(pem);
        File.SetUnixFileMode(pem, (UnixFileMode)Convert.ToInt32("644", 8));
        await File.WriteAllTextAsync(file, configuration(port, pem));
        var start = new ProcessStartInfo(program, arguments(file))
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        var started = Process.Start(start)!;
        started.ErrorDataReceived += (_, _) => { };
        started.OutputDataReceived += (_, _) => { };
        started.BeginErrorReadLine();
        started.BeginOutputReadLine();
        await Listens(port, () => !started.HasExited);
        return new Peer(started, home, port);
    }
}
