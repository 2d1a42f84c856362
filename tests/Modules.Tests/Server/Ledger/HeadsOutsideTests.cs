using System.Net.Http.Json;
using Loa.Cases;
using Loa.Contracts.Ledger;
using Loa.Kernel;
using Loa.People.Data;
using Microsoft.Extensions.DependencyInjection;

namespace Loa.Server.Ledger;

public sealed class HeadsOutsideTests
{
    [Fact]
    public async Task Heads_are_signed_mailed_and_appended_and_a_mail_server_that_is_away_loses_none()
    {
        await using var sink = new MailSink { Refuses = true };
        var file = Path.Combine(Path.GetTempPath(), $"loa-heads-{Guid.CreateVersion7()}");
        await using var server = new RunningServer
        {
            More =
            [
                "--Ledger:Mail:Host=127.0.0.1",
                $"--Ledger:Mail:Port={sink.Port}",
                "--Ledger:Mail:From=loa@tinh.example",
                "--Ledger:Mail:To=kiemtra@tinh.example",
                $"--Ledger:Anchor={file}",
            ],
        };
        await server.InitializeAsync();
        // The first head is sealed at the start, over the demo province.
        await RunningServer.Until(() => Task.FromResult(sink.Refused > 0), "the mail server is asked");
        sink.Refuses = false;

        var people = await Newest(server, "people");
        await RunningServer.Until(
            () => Task.FromResult(sink.Letters.Any(l => l.Contains(people.Hash, StringComparison.Ordinal))),
            "the letter comes"
        );
        await RunningServer.Until(
            async () => (await State(server, "people")).AnchoredNumber == people.Number,
            "the head is known to be outside"
        );
        var kept = string.Concat(sink.Letters) + await File.ReadAllTextAsync(file);
        Assert.Contains(people.Jws!, await File.ReadAllTextAsync(file), StringComparison.Ordinal);
        Assert.Single(sink.Letters, l => l.Contains(people.Hash, StringComparison.Ordinal));

        var report = await server.With<PeopleDb, LedgerReport>(db =>
            server.Services.GetRequiredService<Cases.Ledger>().Verify(db, Anchor.In(kept), default)
        );
        Assert.Null(report.Fault);
        Assert.True((await State(server, "people")).IsSigned);
        using var auditor = await server.SignedIn("tinh.kiemtra");
        Assert.DoesNotContain(
            Words.Get("home.ledger.nowhere"),
            await auditor.GetStringAsync("/"),
            StringComparison.Ordinal
        );
        File.Delete(file);
    }

    [Fact]
    public async Task An_hour_with_acts_gets_a_head_and_that_heads_go_nowhere_is_said()
    {
        await using var server = new RunningServer();
        await server.InitializeAsync();
        var first = await Newest(server, "people");
        using var admin = await server.SignedIn("tinh.quantri");
        Assert.Contains(Words.Get("home.ledger.nowhere"), await admin.GetStringAsync("/"), StringComparison.Ordinal);
        using var author = await server.SignedIn("thienhung.bientap");
        Assert.DoesNotContain(
            Words.Get("home.ledger.nowhere"),
            await author.GetStringAsync("/"),
            StringComparison.Ordinal
        );

        var unit = (await admin.GetAsync("/api/units?q=25450").Json()).GetProperty("units")[0].GetProperty("id");
        await admin.PostAsJsonAsync($"/units/{unit.GetGuid()}/name", new { unitName = "Xã Thử Tên" }).Json();
        server.Clock.Advance(TimeSpan.FromHours(1));
        await server.Restart();

        await RunningServer.Until(
            async () => (await Newest(server, "people")).Number == first.Number + 1,
            "the next hour is sealed"
        );
    }

    static async Task<LedgerHead> Newest(RunningServer server, string module)
    {
        var status = server.Services.GetRequiredService<ILedgerHead>();
        await RunningServer.Until(
            () => Task.FromResult(status.Newest.Any(h => h.Module == module)),
            "a head is sealed"
        );
        return status.Newest.Single(h => h.Module == module);
    }

    static async Task<LedgerState> State(RunningServer server, string module) =>
        (await server.Services.GetRequiredService<ILedgerStates>().All(default)).Single(s => s.Module == module);
}
