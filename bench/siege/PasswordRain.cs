using System.Net;
using System.Net.Sockets;

namespace Loa.Bench.Siege;

/// <summary>Wrong passwords for a leader's account, from many addresses, as many a second as is asked.</summary>
sealed class PasswordRain(Uri server, string account, int perSecond)
{
    const int Addresses = 60;

    readonly HttpClient[] senders = [.. Enumerable.Range(0, Addresses).Select(i => From(server, i))];
    long sent;

    public long Sent => Interlocked.Read(ref sent);

    public async Task Fall(CancellationToken until)
    {
        using var beat = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / perSecond), TimeProvider.System);
        var underWay = new HashSet<Task>();
        for (var i = 0; await Ticks(beat, until); i++)
        {
            underWay.RemoveWhere(t => t.IsCompleted);
            underWay.Add(Try(senders[i % Addresses], i, until));
        }
        await Task.WhenAll(underWay);
    }

    async Task Try(HttpClient sender, int number, CancellationToken until)
    {
        using var form = new FormUrlEncodedContent([
            new("userName", account),
            new("password", $"sai-mat-khau-{number}"),
        ]);
        try
        {
            using var answer = await sender.PostAsync(new Uri("/sign-in", UriKind.Relative), form, until);
            Interlocked.Increment(ref sent);
        }
        catch (Exception away) when (away is HttpRequestException or OperationCanceledException)
        {
            // A stranger is not told why he got no answer.
        }
    }

    static async Task<bool> Ticks(PeriodicTimer beat, CancellationToken until)
    {
        try
        {
            return await beat.WaitForNextTickAsync(until);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    static HttpClient From(Uri server, int index) =>
        new(
            new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseCookies = false,
                ConnectCallback = async (context, cancel) =>
                {
                    var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                    socket.Bind(new IPEndPoint(new IPAddress([127, 0, 2, (byte)(1 + index)]), 0));
                    await socket.ConnectAsync(IPAddress.Loopback, context.DnsEndPoint.Port, cancel);
                    return new NetworkStream(socket, ownsSocket: true);
                },
            }
        )
        {
            BaseAddress = server,
            Timeout = TimeSpan.FromSeconds(20),
        };
}
