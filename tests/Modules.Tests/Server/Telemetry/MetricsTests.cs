using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using Loa.Devices;

namespace Loa.Server.Telemetry;

/// <summary>Prometheus reads what the server measures of itself, and nobody else does.</summary>
public sealed class MetricsTests(RunningServer server) : IAsyncLifetime
{
    const string Token = "only-for-tests-0123456789abcdef-metrics";

    readonly DeviceServer devices = new() { Running = new() { More = [$"--Telemetry:MetricsToken={Token}"] } };

    public ValueTask InitializeAsync() => devices.InitializeAsync();

    public ValueTask DisposeAsync() => devices.DisposeAsync();

    [Fact]
    public async Task Without_the_token_nobody_reads_them_not_even_an_administrator()
    {
        using var administrator = await devices.Running.SignedIn("tinh.quantri");
        using var guesser = devices.Running.Client();
        guesser.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", new string('x', 40));

        foreach (var client in new[] { devices.Anyone, administrator, guesser })
        {
            using var answer = await client.GetAsync("/metrics");
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
            Assert.Equal("Bearer", $"{answer.Headers.WwwAuthenticate}");
            Assert.Equal("", await answer.Content.ReadAsStringAsync());
        }
    }

    [Fact]
    public async Task A_server_that_was_given_no_token_has_none()
    {
        using var client = server.Client();
        using var answer = await client.GetAsync("/metrics");
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task They_tell_how_speakers_orders_and_outboxes_are_getting_on()
    {
        await using var speaker = await devices.Connected();
        var before = await Read("loa_orders_last_seconds_count");
        using (new Activity("order").Start())
            await devices.Air((await devices.Find(speaker.Id)).UnitId);
        await speaker.HearTimetable();
        await RunningServer.Until(
            async () => await Read("loa_orders_last_seconds_count") > before,
            "the order is measured"
        );

        Assert.True(await Read("loa_orders_first_seconds_count") > 0);
        Assert.Equal(1, await Read("loa_speakers_online"));
        Assert.True(await Read("loa_reports_stored_total") >= 1);
        Assert.True(await Read("loa_write_lane_wait_seconds_count") > 0);
        Assert.True(await Has("mqtt_connections{"));
        Assert.True(await Read("mqtt_messages_received_total") >= 1);
        Assert.True(await Read("loa_outbox_heard_seconds_count") > 0);
        await RunningServer.Until(async () => await Has("loa_outbox_age_seconds{"), "each outbox was looked at");
        Assert.True(await Has("http_server_request_duration_seconds"));
    }

    [Fact]
    public async Task Another_server_that_ends_takes_nothing_from_what_this_one_measures()
    {
        await using var speaker = await devices.Connected();
        var other = new RunningServer();
        await other.InitializeAsync();
        await other.DisposeAsync();
        // What has ended is told once more.
        await Text();

        Assert.Equal(1, await Read("loa_speakers_online"));
        Assert.Equal(1, await Read("mqtt_connections"));
        await RunningServer.Until(async () => await Has("loa_outbox_age_seconds{"), "each outbox was looked at");
    }

    async Task<bool> Has(string name) => (await Text()).Contains(name, StringComparison.Ordinal);

    // All lines of this name together, whatever else their labels say.
    async Task<double> Read(string name) =>
        (await Text())
            .Split('\n')
            .Where(line => line.StartsWith(name + "{", StringComparison.Ordinal))
            .Sum(line => double.Parse(line[(line.IndexOf('}', StringComparison.Ordinal) + 1)..].Trim().Split(' ')[0]));

    async Task<string> Text()
    {
        using var client = devices.Running.Client();
        client.DefaultRequestHeaders.Authorization = new("Bearer", Token);
        return await client.GetStringAsync("/metrics");
    }
}
