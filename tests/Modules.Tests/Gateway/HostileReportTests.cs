using System.Text;
using System.Text.Json;
using Loa.Air;
using Loa.Devices;
using Loa.Devices.Enrolments;
using Loa.Jose;
using Loa.Mqtt;
using Microsoft.EntityFrameworkCore;

namespace Loa.Gateway;

/// <summary>What a speaker says of itself may be anything: the gateway, its database and its log bear it.</summary>
[Collection(nameof(DeviceServer))]
public sealed class HostileReportTests(DeviceServer server)
{
    [Fact]
    public async Task What_no_text_may_hold_is_not_stored_and_the_speaker_is_served_on()
    {
        await using var speaker = await server.Connected();
        foreach (
            var firmware in (string[])
                [
                    "\"a\\u0000b\"",
                    "\"a\\ud800\"",
                    "\"\\u001b[2J\"",
                    "\"\\u202Ea\"",
                    "{}",
                    "\"" + new string('x', 99) + "\"",
                ]
        )
            await Refused(AirTopic.OutState, Encoding.UTF8.GetBytes($$"""{"online":true,"firmware":{{firmware}}}"""));
        await Refused(AirTopic.OutProgress, """{"at":1,"items":[null]}"""u8.ToArray());
        await Refused(AirTopic.OutState, "{\"\\ud800\":1,\"online\":true,\"firmware\":\"half\"}"u8.ToArray());
        await Refused(AirTopic.OutState, new string('[', 5_000).Select(c => (byte)c).ToArray());
        await speaker.Say(AirTopic.OutState, """{"online":true,"firmware":"1.0 tốt"}"""u8.ToArray());

        await RunningServer.Until(
            async () => (await server.Find(speaker.Id)).Firmware == "1.0 tốt",
            "what is good is stored after all that is not"
        );

        // With the reason, so that its maker finds the fault.
        Task<MqttException> Refused(AirTopic topic, byte[] message) =>
            Assert.ThrowsAsync<MqttException>(() => speaker.Say(topic, message));
    }

    [Fact]
    public async Task A_serial_that_looks_like_another_is_no_introduction()
    {
        var place = await server.Place();
        foreach (
            var serial in (string[])
                [place.Serial + "\u200B", "\uFEFF" + place.Serial, " " + place.Serial, "a\0b", "A\u0302", "x\u202Ey"]
        )
        {
            using var answer = await BenchSpeaker.Post(server.Anyone, Introduction(serial));
            await Task.FromResult(answer).Refused("enrolment.proof");
        }
        Assert.False(await server.Db(db => db.Enrolments.AnyAsync(e => e.Serial.StartsWith(place.Serial))));
    }

    // As a speaker of another maker would write it.
    static string Introduction(string serial)
    {
        var key = SigningKey.Create();
        var document = new
        {
            v = 1,
            serial,
            model = "Bench 1",
            firmware = "0.1",
            horns = 2,
            jwk = key.Public.Jwk,
            at = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds(),
        };
        return Jws.Sign(key, "loa-enrolment", JsonSerializer.SerializeToUtf8Bytes(document));
    }
}
