using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Loa.Mqtt.Server;

/// <summary>What happens at the gateway can be counted from outside, with the reason.</summary>
public sealed class MetersTests
{
    [Fact]
    public async Task Comings_goings_messages_and_refusals_are_counted()
    {
        var seen = new ConcurrentDictionary<string, long>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listening) =>
            {
                if (instrument.Meter.Name == Meters.Name)
                    listening.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>(
            (instrument, value, tags, _) =>
            {
                var reason = tags.Length > 0 ? $" {tags[0].Value}" : "";
                seen.AddOrUpdate($"{instrument.Name}{reason}", value, (_, sum) => sum + value);
            }
        );
        listener.Start();

        await using (var gateway = new Gateway())
        {
            gateway.Host.Admitting = request =>
                request.ClientId == "banned" ? AdmissionDecision.Refuse(ReasonCode.Banned) : AdmissionDecision.Accept();
            await Assert.ThrowsAsync<MqttException>(gateway.Device("banned").Reconnect);
            var device = await gateway.Connected();
            await device.Subscribe("a");
            await device.Publish("a", "x");
            gateway.Server.Send("speaker", "a", "y"u8, Qos.AtLeastOnce);
            await device.Messages.Next();
            // The server's own word: a client's goodbye may be overtaken by the end of its line.
            Assert.True(gateway.Server.Disconnect("speaker", ReasonCode.AdministrativeAction));
            await gateway.Host.Departures.Next();
        }

        Assert.Superset(
            new HashSet<string>
            {
                "mqtt.connections.opened",
                "mqtt.connections.closed AdministrativeAction",
                "mqtt.connections.refused Banned",
                "mqtt.messages.received",
                "mqtt.messages.sent",
            },
            seen.Keys.ToHashSet()
        );
    }
}
