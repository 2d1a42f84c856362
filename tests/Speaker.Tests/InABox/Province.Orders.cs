using System.Security.Cryptography;
using Loa.Air;
using Loa.Jose;

namespace Loa.Speaker.InABox;

/// <summary>What the province orders its speakers to do, and the packages it orders them to install.</summary>
sealed partial class Province
{
    public (Guid Id, byte[] Message) Command(
        SpeakerMirror speaker,
        string name,
        int? level = null,
        CommandArgs? args = null,
        string? package = null
    )
    {
        var command = new Command(
            Guid.CreateVersion7(),
            speaker.Id,
            name,
            args ?? new CommandArgs(level),
            $"{Guid.CreateVersion7():n}",
            Now(),
            Now().AddMinutes(5)
        );
        var message = new CommandMessage(
            command.Sign(ServerKey),
            [ServerDelegation, MakerDelegation],
            package,
            package is null ? null : new Uri(Http, "/air/packages/").ToString()
        );
        return (command.Id, message.ToBytes());
    }

    /// <summary>Sends a command and returns what became of it.</summary>
    public async Task<ReceiptMessage> Obeyed(
        SpeakerMirror speaker,
        string name,
        CommandArgs? args = null,
        string? package = null
    )
    {
        var (id, message) = Command(speaker, name, args: args ?? new CommandArgs(), package: package);
        Gate.Send(speaker, AirTopic.InCommand, message);
        return await speaker.Answer(id);
    }

    /// <summary>The maker's word for some bytes, which can then be fetched.</summary>
    public string Package(PackageKind kind, long version, byte[] packed, SigningKey? by = null, string[]? models = null)
    {
        var digest = Convert.ToHexStringLower(SHA256.HashData(packed));
        Desk.Media[digest] = packed;
        return new Package(
            Guid.CreateVersion7(),
            kind,
            version,
            $"1.{version}",
            models ?? [],
            [Unit],
            digest,
            packed.Length,
            Now().AddDays(-1),
            Now().AddDays(1)
        ).Sign(by ?? MakerKey);
    }
}
