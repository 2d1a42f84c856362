using System.Security.Cryptography.X509Certificates;
using Loa.Air;
using Loa.Mqtt;

namespace Loa.Devices;

/// <summary>A province that offers TLS to its speakers by a certificate of its own authority.</summary>
public sealed class TlsAddressTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("loa-tls-").FullName;

    [Fact]
    public async Task A_speaker_that_was_told_nothing_beforehand_comes_by_TLS_and_trusts_the_province_s_authority()
    {
        var (port, files) = (FreePort.Next(), await Certificate());
        await using var server = new DeviceServer
        {
            Running = new()
            {
                More =
                [
                    $"--Mqtt:TlsCertificate={files.Certificate}",
                    $"--Mqtt:TlsPort={port}",
                    $"--Mqtt:TlsAddress=127.0.0.1:{port}",
                    $"--Mqtt:TlsAuthority={files.Authority}",
                ],
            },
        };
        await server.InitializeAsync();
        Assert.True(ServerMessage.TryRead(await server.Anyone.GetByteArrayAsync("/air/server"), out var card));
        Assert.Equal($"127.0.0.1:{port}", card.Mqtts);
        var place = await server.Place();
        await using var speaker = new SpeakerProgram(
            Path.Combine(folder, "speaker"),
            server.Running.Address,
            place.Serial
        );
        await server.Claim(new { code = await speaker.Code(), speaker = place.Id }).Json();

        await speaker.Tells($"\"server\":\"mqtts://127.0.0.1:{port}\"");
        await RunningServer.Until(
            async () => (await server.Find(place.Id)).TimetableHeld > 0,
            "the speaker holds its timetable"
        );
    }

    [Fact]
    public async Task Without_a_word_in_the_settings_nobody_is_told_of_TLS()
    {
        var files = await Certificate();
        await using var server = new DeviceServer
        {
            Running = new() { More = [$"--Mqtt:TlsCertificate={files.Certificate}", "--Mqtt:TlsPort=0"] },
        };
        await server.InitializeAsync();
        Assert.True(ServerMessage.TryRead(await server.Anyone.GetByteArrayAsync("/air/server"), out var card));
        Assert.Null(card.Mqtts);
        Assert.Null(card.Ca);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    async Task<(string Certificate, string Authority)> Certificate()
    {
        var (certificate, authority) = (Path.Combine(folder, "server.pem"), Path.Combine(folder, "authority.pem"));
        using var key = Certificates.Server.GetECDsaPrivateKey()!;
        await File.WriteAllTextAsync(
            certificate,
            $"{Certificates.Server.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}\n"
        );
        await File.WriteAllTextAsync(authority, Certificates.Authority.ExportCertificatePem());
        return (certificate, authority);
    }
}
