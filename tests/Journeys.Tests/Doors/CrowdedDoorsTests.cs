using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Loa.Doors;

/// <summary>Strangers with nothing but sockets: they cost the server neither its life nor an officer his page.</summary>
public sealed class CrowdedDoorsTests
{
    const int Files = 2048;
    const int Strangers = 4_000;
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    [Fact]
    public async Task More_idle_sockets_than_files_stop_no_page_and_no_process()
    {
        var data = Directory.CreateTempSubdirectory("loa-doors-").FullName;
        using var timeout = new CancellationTokenSource(Patience);
        using var server = new ServerProcess(data, Files);
        await server.Start(timeout.Token);
        var password = (await File.ReadAllTextAsync(Path.Combine(data, "demo-password"), timeout.Token)).Trim();
        using var officer = new HttpClient { BaseAddress = server.Address };
        // A line that is kept and idle makes room as any other. A browser asks again on a new one; this client would not.
        officer.DefaultRequestHeaders.ConnectionClose = true;
        using var strangers = new Crowd();

        strangers.Press(server.Address.Port, "GET /sign-in HTTP/1.1\r\nHost: loa\r\nX-"u8);
        strangers.Press(server.MqttPort, [0x10, 200, 1, 0, 4]);
        var slowest = TimeSpan.Zero;
        for (var round = 0; round < 5; round++)
        {
            strangers.Press(server.Address.Port, "GET / HT"u8, Strangers / 10);
            var began = Stopwatch.GetTimestamp();
            using var form = new FormUrlEncodedContent([new("userName", "tinh.duyet"), new("password", password)]);
            using var signedIn = await officer.PostAsync(new Uri("/sign-in", UriKind.Relative), form, timeout.Token);
            using var page = await officer.GetAsync(new Uri("/speakers", UriKind.Relative), timeout.Token);
            slowest = slowest > Stopwatch.GetElapsedTime(began) ? slowest : Stopwatch.GetElapsedTime(began);
            Assert.True(page.IsSuccessStatusCode && signedIn.IsSuccessStatusCode);
            Assert.Equal("/speakers", page.RequestMessage!.RequestUri!.AbsolutePath);
        }

        Assert.True(server.IsAlive);
        Assert.InRange(slowest, TimeSpan.Zero, TimeSpan.FromSeconds(5));
        await server.Kill(timeout.Token);
        Directory.Delete(data, recursive: true);
    }

    [Theory]
    [InlineData("LOA_Mqtt__MaximumConnections=15000")]
    [InlineData("LOA_Http__MaximumConnections=20")]
    public async Task Numbers_that_do_not_fit_into_the_machine_stop_the_start(string told)
    {
        var data = Directory.CreateTempSubdirectory("loa-doors-").FullName;
        using var timeout = new CancellationTokenSource(Patience);

        var (code, said) = await ServerProcess.Run(
            Files,
            told,
            ["serve", "--data", data, "--port", "0"],
            timeout.Token
        );

        Assert.Equal(1, code);
        Assert.Contains("2048", said, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", said, StringComparison.Ordinal);
        Directory.Delete(data, recursive: true);
    }

    /// <summary>Connections from many addresses that say too little and never hang up.</summary>
    sealed class Crowd : IDisposable
    {
        readonly List<Socket> sockets = [];

        public void Press(int port, ReadOnlySpan<byte> words, int count = Strangers)
        {
            for (var i = 0; i < count; i++)
            {
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                sockets.Add(socket);
                try
                {
                    socket.Bind(new IPEndPoint(new IPAddress([127, 0, 3, (byte)(1 + (i % 20))]), 0));
                    socket.Connect(IPAddress.Loopback, port);
                    socket.Send(words);
                }
                catch (SocketException)
                {
                    // Shown out already: that is what is asked for.
                }
            }
        }

        public void Dispose()
        {
            foreach (var socket in sockets)
                socket.Dispose();
        }
    }
}
