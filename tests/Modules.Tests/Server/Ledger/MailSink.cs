using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using MimeKit;

namespace Loa.Server.Ledger;

/// <summary>A small mail server: takes every letter and keeps it, or takes none while it is told to refuse.</summary>
sealed class MailSink : IAsyncDisposable
{
    readonly TcpListener listener = new(IPAddress.Loopback, 0);
    readonly CancellationTokenSource closing = new();
    readonly Task accepting;

    public MailSink()
    {
        listener.Start();
        accepting = Accept();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public ConcurrentQueue<string> Letters { get; } = new();

    public int Refused;

    public volatile bool Refuses;

    public int Hung;

    /// <summary>Takes connections, and says nothing.</summary>
    public volatile bool Hangs;

    async Task Accept()
    {
        try
        {
            while (true)
                _ = Serve(await listener.AcceptTcpClientAsync(closing.Token));
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }

    async Task Serve(TcpClient guest)
    {
        using var _ = guest;
        await using var stream = guest.GetStream();
        using var reader = new StreamReader(stream, Encoding.UTF8);
        await using var writer = new StreamWriter(stream, new UTF8Encoding(false))
        {
            NewLine = "\r\n",
            AutoFlush = true,
        };
        if (Hangs)
        {
            Interlocked.Increment(ref Hung);
            // Until the other is tired of it.
            await reader.ReadLineAsync(closing.Token);
            return;
        }
        await writer.WriteLineAsync("220 sink");
        while (await reader.ReadLineAsync(closing.Token) is { } line)
            switch (line.Split(' ')[0].ToUpperInvariant())
            {
                case "EHLO" or "HELO":
                    await writer.WriteLineAsync("250 sink");
                    break;
                case "MAIL" when Refuses:
                    Interlocked.Increment(ref Refused);
                    await writer.WriteLineAsync("451 not now");
                    break;
                case "DATA":
                    await writer.WriteLineAsync("354 go on");
                    Letters.Enqueue(await Letter(reader));
                    await writer.WriteLineAsync("250 kept");
                    break;
                case "QUIT":
                    await writer.WriteLineAsync("221 bye");
                    return;
                default:
                    await writer.WriteLineAsync("250 fine");
                    break;
            }
    }

    // As the auditor reads it.
    static async Task<string> Letter(StreamReader reader)
    {
        var text = new StringBuilder();
        while (await reader.ReadLineAsync() is { } line and not ".")
            text.Append(line).Append("\r\n");
        using var bytes = new MemoryStream(Encoding.UTF8.GetBytes(text.ToString()));
        return (await MimeMessage.LoadAsync(bytes)).TextBody ?? "";
    }

    public async ValueTask DisposeAsync()
    {
        await closing.CancelAsync();
        await accepting;
        listener.Dispose();
        closing.Dispose();
    }
}
