using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using Loa.Air;
using Loa.Broadcasting.Broadcasts;
using Loa.Broadcasting.Data;
using Loa.Cases;
using Loa.Kernel;
using Loa.People;

namespace Loa.Broadcasting;

public sealed class WatchTests(RunningServer server)
{
    [Theory]
    [InlineData("sign-out")]
    [InlineData("lock")]
    [InlineData("post")]
    public async Task A_stream_ends_with_the_right_of_its_reader(string way)
    {
        var officer = await SomeOfficer.New(server);
        using var admin = await server.SignedIn("tinh.quantri");
        var me = await officer.Client.GetAsync("/api/me").Json();
        var broadcast = await Broadcast(me.GetProperty("posts")[0].GetProperty("unitId").GetGuid());
        await using var stream = await officer.Client.GetStreamAsync($"/live/events?of=broadcast:{broadcast}");
        Assert.NotEqual(0, await stream.ReadAsync(new byte[16]));

        var since = Stopwatch.StartNew();
        if (way == "sign-out")
            await officer.Client.PostAsync("/sign-out", null).Json();
        else if (way == "lock")
            await admin.PostAsJsonAsync($"/officers/{officer.Id}/lock", new { reason = "thử" }).Json();
        else
            await admin
                .PostAsJsonAsync(
                    $"/officers/{officer.Id}/posts/{me.GetProperty("posts")[0].GetProperty("id").GetGuid()}/end",
                    new { }
                )
                .Json();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while (await stream.ReadAsync(new byte[4096], patience.Token) > 0) { }

        Assert.InRange(since.Elapsed.TotalSeconds, 0, 4);
    }

    [Fact]
    public async Task An_officer_looks_on_at_eight_streams_and_may_open_another_when_one_is_closed()
    {
        var officer = await SomeOfficer.New(server);
        var unit = (await officer.Client.GetAsync("/api/me").Json())
            .GetProperty("posts")[0]
            .GetProperty("unitId")
            .GetGuid();
        var broadcast = await Broadcast(unit);
        var open = new Stack<HttpResponseMessage>();
        for (var i = 0; i < Streams.Most; i++)
            open.Push(await Open());

        using var refused = await Open();
        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        open.Pop().Dispose();
        await RunningServer.Until(
            async () =>
            {
                using var again = await Open();
                return again.IsSuccessStatusCode;
            },
            "the place is free again"
        );
        while (open.TryPop(out var one))
            one.Dispose();

        Task<HttpResponseMessage> Open() =>
            officer.Client.GetAsync($"/live/events?of=broadcast:{broadcast}", HttpCompletionOption.ResponseHeadersRead);
    }

    async Task<Guid> Broadcast(Guid unit)
    {
        var (id, now) = (Guid.CreateVersion7(), server.Clock.Moment());
        var order = new BroadcastOrder(
            id,
            Guid.CreateVersion7(),
            "Thử",
            AirClass.Ordinary,
            [unit],
            now,
            now.AddMinutes(9),
            TimeSpan.FromSeconds(5)
        );
        await server.With<BroadcastingDb, Case>(db =>
            db.Open(
                BroadcastProcedure.Definition,
                id,
                unit,
                "order",
                new(order.ToPatch(new string('0', 64))),
                Actor.Server,
                now,
                default
            )
        );
        return id;
    }
}
