using System.Text;
using Loa.Mqtt.Packets;

namespace Loa.Mqtt.Server;

/// <summary>Who comes in: by proof, by password, or not at all; and what each may then say and hear.</summary>
public sealed class AdmissionTests
{
    const string Method = "LOA-ES256";

    [Fact]
    public async Task A_client_that_answers_the_challenge_comes_in()
    {
        await using var gateway = Guarded();
        var device = await gateway.Connected("speaker", Answering("nonce-of-speaker!"));
        Assert.True(device.Client.IsConnected);
        Assert.Equal(("speaker", false), await gateway.Host.Arrivals.Next());
    }

    [Fact]
    public async Task A_wrong_answer_is_refused_and_leaves_nothing_behind()
    {
        await using var gateway = Guarded();
        var device = gateway.Device("speaker", Answering("nonce-of-another!"));
        var refusal = await Assert.ThrowsAsync<MqttException>(device.Reconnect);
        Assert.Equal(ReasonCode.NotAuthorized, refusal.Reason);
        Assert.Equal(0, gateway.Server.SessionCount);
    }

    [Fact]
    public async Task A_client_without_the_method_is_refused()
    {
        await using var gateway = Guarded();
        var refusal = await Assert.ThrowsAsync<MqttException>(gateway.Device().Reconnect);
        Assert.Equal(ReasonCode.BadAuthenticationMethod, refusal.Reason);
    }

    [Fact]
    public async Task A_client_may_not_change_the_method_on_the_way()
    {
        await using var gateway = Guarded();
        using var raw = await gateway.Raw();
        var connect = new ConnectPacket
        {
            ClientId = "raw",
            Properties = new() { AuthenticationMethod = Method },
        };
        await raw.Say(connect.Write);
        await raw.Hear(PacketType.Auth);
        await raw.Say(w => Auth(ReasonCode.ContinueAuthentication, "other", "x").Write(w, PacketType.Auth));
        ConnackPacket.Read(await raw.Hear(PacketType.Connack), out var connack);
        Assert.Equal(ReasonCode.BadAuthenticationMethod, connack.Reason);
    }

    [Fact]
    public async Task A_connected_client_can_prove_itself_again()
    {
        await using var gateway = Guarded();
        using var raw = await gateway.Raw();
        await raw.Say(
            new ConnectPacket
            {
                ClientId = "raw",
                Properties = new() { AuthenticationMethod = Method },
            }.Write
        );
        await raw.Hear(PacketType.Auth);
        await raw.Say(w => Auth(ReasonCode.ContinueAuthentication, Method, "nonce-of-raw!").Write(w, PacketType.Auth));
        await raw.Hear(PacketType.Connack);

        await raw.Say(w => Auth(ReasonCode.Reauthenticate, Method, null).Write(w, PacketType.Auth));
        await raw.Hear(PacketType.Auth);
        await raw.Say(w => Auth(ReasonCode.ContinueAuthentication, Method, "nonce-of-raw!").Write(w, PacketType.Auth));
        ReasonPacket.Read(await raw.Hear(PacketType.Auth), ProtocolVersion.V5, out var done);
        Assert.Equal(ReasonCode.Success, done.Reason);

        await raw.Say(w => Auth(ReasonCode.Reauthenticate, Method, null).Write(w, PacketType.Auth));
        await raw.Hear(PacketType.Auth);
        await raw.Say(w => Auth(ReasonCode.ContinueAuthentication, Method, "forged").Write(w, PacketType.Auth));
        Assert.Equal(ReasonCode.NotAuthorized, await raw.HearGoodbye());
    }

    [Fact]
    public async Task A_password_is_judged_by_the_host()
    {
        await using var gateway = new Gateway();
        gateway.Host.Admitting = request =>
            request.UserName == "loa" && Encoding.UTF8.GetString(request.Password.Span) == "thành"
                ? AdmissionDecision.Accept()
                : AdmissionDecision.Refuse(ReasonCode.BadUserNameOrPassword);

        await gateway.Connected("good", o => o with { UserName = "loa", Password = Encoding.UTF8.GetBytes("thành") });
        var bad = gateway.Device("bad", o => o with { UserName = "loa", Password = [1] });
        var refusal = await Assert.ThrowsAsync<MqttException>(bad.Reconnect);
        Assert.Equal(ReasonCode.BadUserNameOrPassword, refusal.Reason);
    }

    [Fact]
    public async Task A_host_that_throws_at_the_door_refuses_this_client_only()
    {
        await using var gateway = new Gateway();
        gateway.Host.Admitting = request =>
            request.ClientId == "unlucky"
                ? throw new InvalidOperationException("database")
                : AdmissionDecision.Accept();
        var refusal = await Assert.ThrowsAsync<MqttException>(gateway.Device("unlucky").Reconnect);
        Assert.Equal(ReasonCode.ServerUnavailable, refusal.Reason);
        Assert.IsType<InvalidOperationException>(await gateway.Host.Failures.Next());
        await gateway.Connected("lucky");
    }

    [Fact]
    public async Task A_device_may_use_its_own_topics_only()
    {
        await using var gateway = new Gateway();
        gateway.Host.Publishing = (id, topic) => topic.StartsWith($"loa/{id}/out/", StringComparison.Ordinal);
        gateway.Host.Subscribing = (id, filter) => filter == $"loa/{id}/in/#";
        var device = await gateway.Connected("a");

        await device.Subscribe("loa/a/in/#");
        await device.Publish("loa/a/out/state", "mine");
        var publish = await Assert.ThrowsAsync<MqttException>(() => device.Publish("loa/b/out/state", "forged"));
        var subscribe = await Assert.ThrowsAsync<MqttException>(() => device.Subscribe("loa/b/in/#"));
        var shared = await Assert.ThrowsAsync<MqttException>(() => device.Subscribe("$share/all/loa/a/in/#"));

        Assert.Equal(ReasonCode.NotAuthorized, publish.Reason);
        Assert.Equal(ReasonCode.NotAuthorized, subscribe.Reason);
        Assert.Equal(ReasonCode.SharedSubscriptionsNotSupported, shared.Reason);
        Assert.Equal("mine", (await gateway.Host.Messages.Next()).Payload);
        Assert.False(gateway.Host.Messages.Reader.TryRead(out _));
        Assert.True(device.Client.IsConnected);
    }

    [Fact]
    public async Task A_will_on_a_foreign_topic_is_refused_at_the_door()
    {
        await using var gateway = new Gateway();
        gateway.Host.Publishing = (id, topic) => topic == $"loa/{id}/out/state";
        var device = gateway.Device("a", o => o with { Will = new("loa/b/out/state", [1]) });
        Assert.Equal(ReasonCode.NotAuthorized, (await Assert.ThrowsAsync<MqttException>(device.Reconnect)).Reason);
    }

    [Fact]
    public async Task An_old_client_may_not_publish_elsewhere_either()
    {
        await using var gateway = new Gateway();
        gateway.Host.Publishing = (_, _) => false;
        using var raw = await gateway.Raw();
        await raw.Connect(version: ProtocolVersion.V311);
        await raw.Say(0x32, 0x05, 0x00, 0x01, 0x61, 0x00, 0x01);
        await raw.HearEnd();
    }

    [Fact]
    public async Task A_nameless_client_is_given_a_name()
    {
        await using var gateway = new Gateway();
        using var raw = await gateway.Raw();
        var connack = await raw.Connect(id: "");
        var given = connack.Properties.AssignedClientIdentifier;
        Assert.Equal((given, false), await gateway.Host.Arrivals.Next());
    }

    static Gateway Guarded()
    {
        var gateway = new Gateway();
        gateway.Host.Admitting = request =>
        {
            if (request.AuthenticationMethod != Method)
                return AdmissionDecision.Refuse(ReasonCode.BadAuthenticationMethod);
            request.State = $"nonce-of-{request.ClientId}";
            return AdmissionDecision.Challenge(Encoding.UTF8.GetBytes((string)request.State));
        };
        gateway.Host.Answering = (request, answer) =>
            answer == $"{request.State}!"
                ? AdmissionDecision.Accept()
                : AdmissionDecision.Refuse(ReasonCode.NotAuthorized);
        return gateway;
    }

    static Func<Client.MqttClientOptions, Client.MqttClientOptions> Answering(string answer) =>
        options =>
            options with
            {
                AuthenticationMethod = Method,
                Authenticate = (_, _) => ValueTask.FromResult(Encoding.UTF8.GetBytes(answer)),
            };

    static ReasonPacket Auth(ReasonCode reason, string method, string? data) =>
        new()
        {
            Reason = reason,
            Properties = new()
            {
                AuthenticationMethod = method,
                AuthenticationData = data is null ? null : Encoding.UTF8.GetBytes(data),
            },
        };
}
