using System.Net;
using System.Net.Http.Json;
using Loa.Devices.Registry;
using Microsoft.EntityFrameworkCore;

namespace Loa.Devices;

[Collection(nameof(DeviceServer))]
public sealed class NameOrderTests(DeviceServer server)
{
    [Fact]
    public async Task Lists_stand_in_the_order_of_the_alphabet_and_numbers_by_value()
    {
        string[] names = ["Thứ An Lộc", "Thứ Ấp 3", "Thứ Đồi chè", "Thứ Loa 2", "Thứ Loa 10", "Thứ Zôn"];
        var place = await server.Place();
        foreach (var name in names.Reverse())
            await server
                .Technician.PostAsJsonAsync(
                    "/speakers",
                    new
                    {
                        serial = Guid.CreateVersion7().ToString(),
                        name,
                        unit = place.UnitId,
                        horns = 1,
                    }
                )
                .Json(HttpStatusCode.Created);

        var csv = await server.Technician.GetStringAsync("/speakers.csv?q=thu&show=all");
        var listed = csv.Split("\r\n").Select(line => line.Split(',')[0]).Where(names.Contains);
        Assert.Equal(names, listed);

        // What was registered before there was an order gets its place at the next start.
        await server.Db(db => db.Speakers.ExecuteUpdateAsync(row => row.SetProperty(s => s.NameKey, "")));
        await server.Db(async db =>
        {
            await NameKeys.Step.Run(db, CancellationToken.None);
            return true;
        });
        Assert.False(await server.Db(db => db.Speakers.AnyAsync(s => s.NameKey == "")));
        Assert.Equal(csv, await server.Technician.GetStringAsync("/speakers.csv?q=thu&show=all"));
    }

    [Theory]
    [InlineData("1,23E+11")]
    [InlineData("1.2345e11")]
    [InlineData("#####")]
    [InlineData("#N/A")]
    public async Task A_serial_that_a_spreadsheet_spoilt_is_told(string serial)
    {
        var unit = (await server.Place()).UnitId;

        await server
            .Technician.PostAsJsonAsync(
                "/speakers",
                new
                {
                    serial,
                    name = "a",
                    unit,
                    horns = 1,
                }
            )
            .Refused("invalid", HttpStatusCode.BadRequest);
    }
}
