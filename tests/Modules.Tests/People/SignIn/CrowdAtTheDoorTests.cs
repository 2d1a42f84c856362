using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Loa.People.Credentials;
using Loa.People.Data;
using Loa.People.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Loa.People.SignIn;

/// <summary>A server of its own, whose door is held shut by a crowd; how long it takes is measured.</summary>
[Collection(nameof(Alone))]
public sealed class CrowdAtTheDoorTests : IAsyncLifetime
{
    const int Waiting = 200;
    readonly RunningServer server = new() { IsAsDelivered = true };

    public ValueTask InitializeAsync() => server.InitializeAsync();

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Fact]
    public async Task When_two_hundred_wait_strangers_are_told_so_and_a_known_browser_comes_in()
    {
        var officer = await SomeOfficer.New(server);
        await officer.Client.PostAsync("/sign-out", null).Json();
        using var open = new ManualResetEventSlim();
        var lanes = Hold(open);
        using var strangers = server.Client();
        using var stop = new CancellationTokenSource();
        var turned = new ConcurrentBag<JsonElement>();
        var many = Enumerable.Range(0, Waiting + 20).Select(i => Knock(strangers, i, turned, stop.Token)).ToList();
        await RunningServer.Until(() => Task.FromResult(turned.Count == 20), "twenty are turned away");

        var known = officer.SignIn(officer.Client);
        await RunningServer.Until(() => Task.FromResult(turned.Count == 21), "one more makes room");
        open.Set();
        await known.Json();
        await stop.CancelAsync();

        foreach (var said in turned)
        {
            Assert.Equal("sign-in.too-often", said.GetProperty("code").GetString());
            Assert.NotEqual("", said.GetProperty("detail").GetString());
        }
        await Task.WhenAll([.. lanes, .. many]);
    }

    [Fact]
    public async Task Ten_thousand_unknown_names_are_a_few_rows_however_many_networks_they_come_from()
    {
        var log = server.Services.GetRequiredService<SignInLog>();
        for (var i = 0; i < 10_000; i++)
        {
            log.Note(Account.Nobody, new($"198.51.{i / 250}.{i % 250}", "", null), SignInOutcome.Failed);
            if (i % 2_500 == 0)
                await log.Write(CancellationToken.None);
        }
        await log.Write(CancellationToken.None);

        var (rows, tries) = await server.With<PeopleDb, (int, long)>(async db =>
            (await db.SignIns.CountAsync(), await db.SignIns.SumAsync(s => s.Count))
        );
        // Two hours, when the clock strikes in the middle.
        Assert.InRange(rows, 1, 2 * 502);
        Assert.InRange(tries, 10_000, 10_100);
    }

    [Fact]
    public async Task A_name_that_nobody_has_takes_as_long_as_one_that_somebody_has()
    {
        var officers = new List<SomeOfficer>();
        for (var i = 0; i < 3; i++)
            officers.Add(await SomeOfficer.New(server));
        var (known, unknown) = (new List<double>(), new List<double>());
        using var stranger = server.Client();
        foreach (var officer in officers)
            for (var i = 0; i < 4; i++)
            {
                known.Add(await Took(officer.UserName));
                unknown.Add(await Took("khong.ai." + officer.UserName[^6..]));
            }

        // The quickest of some: what the machine does beside can only lengthen it. Without the work it takes a hundredth.
        Assert.InRange(unknown.Min() / known.Min(), 0.6, 1.6);

        async Task<double> Took(string name)
        {
            using var answer = await stranger.SignIn(name, "đoán bừa");
            var timing = answer.Headers.GetValues("Server-Timing").Single();
            return double.Parse(timing.Split('=')[1], System.Globalization.CultureInfo.InvariantCulture);
        }
    }

    // Every lane works at something that does not end before it is told.
    List<Task> Hold(ManualResetEventSlim open)
    {
        var work = server.Services.GetRequiredService<PasswordWork>();
        return
        [
            .. Enumerable
                .Range(0, Math.Max(1, Environment.ProcessorCount / 2))
                .Select(_ =>
                    work.Do(
                        new Visitor("busy", "", null),
                        known: true,
                        rough: false,
                        () =>
                        {
                            open.Wait();
                            return true;
                        },
                        CancellationToken.None
                    )
                ),
        ];
    }

    static async Task Knock(HttpClient client, int number, ConcurrentBag<JsonElement> turned, CancellationToken cancel)
    {
        try
        {
            using var answer = await client.PostAsJsonAsync(
                "/sign-in",
                new { userName = $"khong.co.{number}", password = "đoán bừa" },
                cancel
            );
            if (answer.StatusCode != HttpStatusCode.TooManyRequests)
                return;
            Assert.Equal(TimeSpan.FromSeconds(10), answer.Headers.RetryAfter?.Delta);
            turned.Add(await answer.Content.ReadFromJsonAsync<JsonElement>(cancel));
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // Tired of waiting.
        }
    }
}
