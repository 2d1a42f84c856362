using Loa.Contracts.Notices;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace Loa.Notices.Mail;

/// <summary>An open line to a mail server, by which letters go one after the other. A server that says nothing is left.</summary>
sealed class MailLine : IDisposable
{
    readonly SmtpClient client = new();
    readonly MailServer server;

    MailLine(MailServer server) => this.server = server;

    /// <summary>Whether another letter can go by it.</summary>
    public bool IsOpen => client.IsConnected;

    public static async Task<MailLine> Open(MailServer server, CancellationToken cancel)
    {
        var line = new MailLine(server);
        try
        {
            await line.Patiently(line.Connect, cancel);
            return line;
        }
        catch
        {
            line.Dispose();
            throw;
        }
    }

    /// <summary>Throws when it is not taken.</summary>
    public Task Send(MimeMessage letter, CancellationToken cancel) =>
        Patiently(patience => client.SendAsync(letter, patience), cancel);

    public Task Close(CancellationToken cancel) =>
        Patiently(patience => client.DisconnectAsync(true, patience), cancel);

    async Task Connect(CancellationToken patience)
    {
        var security = server.Tls ? SecureSocketOptions.StartTls : SecureSocketOptions.StartTlsWhenAvailable;
        await client.ConnectAsync(server.Host, server.Port, security, patience);
        if (server.User is { Length: > 0 } user)
            await client.AuthenticateAsync(user, server.Password ?? "", patience);
    }

    async Task Patiently(Func<CancellationToken, Task> step, CancellationToken cancel)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(server.Patience);
        try
        {
            await step(patience.Token);
        }
        catch (OperationCanceledException late) when (!cancel.IsCancellationRequested)
        {
            throw new TimeoutException($"{server.Host}:{server.Port} said nothing for {server.Patience}.", late);
        }
    }

    public void Dispose() => client.Dispose();
}
