using Loa.Server.Ledger;

namespace Loa.Notices;

/// <summary>A province that has a mail server, lets browsers show notices, and pays for text messages.</summary>
public sealed class ProvinceWithWays : IAsyncLifetime
{
    public const string Secret = "khóa thử của cổng tin nhắn";

    internal MailSink Mail { get; } = new();

    internal PushSink Outside { get; private set; } = null!;

    internal RunningServer Server { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Outside = await PushSink.Open();
        Server = new()
        {
            More =
            [
                "--Notices:Address=https://loa.tinh.example",
                "--Notices:Mail:Host=127.0.0.1",
                $"--Notices:Mail:Port={Mail.Port}",
                "--Notices:Mail:From=loa@tinh.example",
                $"--Notices:Push:Services:0={Outside.Origin}",
                "--Notices:Gateways:0:Name=sms",
                $"--Notices:Gateways:0:Url={Outside.Origin}/sms",
                $"--Notices:Gateways:0:Secret={Secret}",
            ],
        };
        await Server.InitializeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await Mail.DisposeAsync();
        await Outside.DisposeAsync();
    }
}
