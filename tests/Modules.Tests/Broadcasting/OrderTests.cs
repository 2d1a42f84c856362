using System.Net;
using System.Net.Http.Json;
using Loa.Devices;

namespace Loa.Broadcasting;

[Collection(nameof(DeviceServer))]
public sealed class OrderTests(DeviceServer server)
{
    [Fact]
    public async Task A_number_that_belongs_to_another_order_is_refused_and_ones_own_orders_once()
    {
        using var leader = await server.Running.SignedIn("tinh.duyet");
        var unit = (await server.Place()).UnitId;
        var other = await server.Air(unit);
        var own = Guid.CreateVersion7();

        await Order(other.Broadcast).Refused("broadcast.order-taken");
        var both = await Task.WhenAll(Order(own), Order(own));
        Assert.All(both, answer => Assert.Equal(HttpStatusCode.Created, answer.StatusCode));

        Task<HttpResponseMessage> Order(Guid order) =>
            leader.PostAsJsonAsync(
                "/broadcasts",
                new
                {
                    bulletin = other.Bulletin.BulletinId,
                    units = new[] { unit },
                    order,
                }
            );
    }
}
