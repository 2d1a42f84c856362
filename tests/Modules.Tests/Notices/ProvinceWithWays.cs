using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Loa.People;
using Loa.Server.Ledger;

namespace Loa.Notices;

/// <summary>A province that has a mail server, lets browsers show notices, and pays for text messages.</summary>
public sealed partial class ProvinceWithWays : IAsyncLifetime
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
                "--Notices:Mail:Patience=00:00:02",
                $"--Notices:Push:Services:0={Outside.Origin}",
                "--Notices:Gateways:0:Name=sms",
                $"--Notices:Gateways:0:Url={Outside.Origin}/sms",
                $"--Notices:Gateways:0:Secret={Secret}",
            ],
        };
        await Server.InitializeAsync();
    }

    /// <summary>An approver who is told as he chose; an address he has proved.</summary>
    internal async Task<SomeOfficer> Leader(object choices)
    {
        var leader = await SomeOfficer.New(Server, "approver");
        await leader.Client.PostAsJsonAsync("/notices/choices", choices).Json();
        if (choices.GetType().GetProperty("mail")?.GetValue(choices) is string address)
            await leader.Client.PostAsJsonAsync("/notices/mail", new { code = await Code(address) }).Json();
        return leader;
    }

    /// <summary>The newest code that was sent to an address.</summary>
    internal async Task<string> Code(string address, int letters = 1)
    {
        await RunningServer.Until(() => Task.FromResult(To(address).Length >= letters), $"a code for {address}");
        return EightDigits().Match(To(address)[^1]).Value;
    }

    /// <summary>The letters about an address.</summary>
    internal string[] To(string address) => [.. Mail.Letters.Where(l => l.Contains(address, StringComparison.Ordinal))];

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await Mail.DisposeAsync();
        await Outside.DisposeAsync();
    }

    [GeneratedRegex(@"\b[0-9]{8}\b")]
    private static partial Regex EightDigits();
}
