using System.Net;
using Loa.Devices;
using Loa.Devices.Registry;
using Loa.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Loa.Broadcasting.Explain;

[Collection(nameof(DeviceServer))]
public sealed class ExplainMinuteTests(DeviceServer server)
{
    [Fact]
    public async Task A_speaker_s_page_leads_to_why_it_was_silent_for_whoever_sees_it()
    {
        var speaker = await server.Db(db => db.Speakers.OrderBy(s => s.Id).Select(s => s.Id).FirstAsync());
        var address = $"speakers/{speaker}/heard?day=1/12/2026&time=03:00";

        var told = await server.Technician.GetAsync("/api/" + address).Json();
        Assert.Equal("outside", told.GetProperty("answer").GetString());
        var page = WebUtility.HtmlDecode(await server.Technician.GetStringAsync("/" + address));
        Assert.Contains(told.GetProperty("text").GetString()!, page, StringComparison.Ordinal);
        Assert.Contains(
            $"/speakers/{speaker}/heard",
            await server.Technician.GetStringAsync($"/speakers/{speaker}"),
            StringComparison.Ordinal
        );

        using var wrong = await server.Technician.GetAsync($"/api/speakers/{speaker}/heard?time=25:00");
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        using var none = await server.Technician.GetAsync($"/api/speakers/{Guid.CreateVersion7()}/heard");
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
        using var elsewhere = await server.Anyone.GetAsync("/api/" + address);
        Assert.False(elsewhere.IsSuccessStatusCode);
    }
}
