using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using Loa.Devices;
using Loa.Devices.Registry;
using Loa.Kernel;

namespace Loa.Server.Telemetry;

/// <summary>One id leads from a browser's request to the log of the speaker that did what was asked.</summary>
[Collection(nameof(DeviceServer))]
public sealed class RequestTraceTests(DeviceServer server) : IDisposable
{
    const string Id = "4bf92f3577b34da6a3ce929d0e0e4736";

    readonly string data = Directory.CreateTempSubdirectory("loa-trace-").FullName;

    public void Dispose() => Directory.Delete(data, recursive: true);

    [Fact]
    public async Task The_answer_bears_the_id_that_the_browser_gave_and_a_problem_names_it()
    {
        using var request = Asking(HttpMethod.Get, $"/api/speakers/{Guid.Empty}");
        using var answer = await server.Technician.SendAsync(request);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal(Id, answer.Headers.GetValues(RequestTrace.Header).Single());
        Assert.Equal(
            Id,
            (await answer.Content.ReadFromJsonAsync<System.Text.Json.JsonElement>()).GetProperty("trace").GetString()
        );
    }

    [Fact]
    public async Task One_that_gave_none_is_given_one_and_the_error_page_shows_it()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/speakers/{Guid.Empty}");
        request.Headers.Accept.ParseAdd("text/html");
        using var answer = await server.Technician.SendAsync(request);

        var id = answer.Headers.GetValues(RequestTrace.Header).Single();
        Assert.Matches("^[0-9a-f]{32}$", id);
        Assert.Contains(id, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_speaker_is_told_by_a_request_stands_in_its_log_with_the_id()
    {
        var place = await server.Place();
        await using var speaker = new SpeakerProgram(data, server.Running.Address, place.Serial);
        await server.Claim(new { code = await speaker.Code(), speaker = place.Id }).Json();
        await RunningServer.Until(
            async () => (await server.Find(place.Id)) is { Presence: Presence.Online, TimetableHeld: > 0 },
            "it is connected"
        );

        using var request = Asking(HttpMethod.Post, $"/speakers/{place.Id}/commands");
        request.Content = JsonContent.Create(new { name = "volume", level = 61 });
        using var answer = await server.Technician.SendAsync(request);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        await speaker.Tells($"\"event\":\"asked\",\"topic\":\"InCommand\",\"request\":\"{Id}\"");

        // By way of the outbox, long after the request was answered.
        using var ordering = new Activity("order").Start();
        await server.Air(place.UnitId);
        await speaker.Tells($"\"topic\":\"InTimetable\",\"request\":\"{ordering.TraceId}\"");
    }

    static HttpRequestMessage Asking(HttpMethod method, string address) =>
        new(method, address) { Headers = { { "traceparent", $"00-{Id}-00f067aa0ba902b7-00" } } };
}
