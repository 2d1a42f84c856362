using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Loa.Air;

/// <summary>An order to one speaker that makes no sound of its own; there is a closed list and no shell.</summary>
public sealed record Command(
    Guid Id,
    Guid Speaker,
    string Name,
    CommandArgs Args,
    string Nonce,
    [property: JsonPropertyName("iat")] DateTimeOffset IssuedAt,
    [property: JsonPropertyName("exp")] DateTimeOffset Expires
) : AirDocument<Command>, IAirDocument<Command>
{
    public const string Volume = "volume";
    public const string Amplifier = "amplifier";
    public const string Stop = "stop";
    public const string Next = "next";
    public const string Pause = "pause";
    public const string Resume = "resume";
    public const string Restart = "restart";
    public const string Identify = "identify";
    public const string SelfTest = "self-test";
    public const string CollectLog = "collect-log";
    public const string Update = "update";
    public const string ChangeServer = "change-server";

    static readonly Dictionary<string, Func<CommandArgs, bool>> known = new()
    {
        [Volume] = args => args.Level is >= 0 and <= 100 && args.Horn is null or (>= 1 and <= Bounds.Horns),
        [Amplifier] = args => args.On is not null,
        [Stop] = _ => true,
        [Next] = _ => true,
        [Pause] = args => args.Minutes is >= 1 and <= 120,
        [Resume] = _ => true,
        [Restart] = _ => true,
        [Identify] = _ => true,
        [SelfTest] = _ => true,
        [CollectLog] = _ => true,
        [Update] = args => Bounds.IsDigest(args.Package),
        [ChangeServer] = args => IsServer(args.Server),
    };

    /// <summary>The whole closed list, in the order in which people are shown it.</summary>
    public static IReadOnlyList<string> All { get; } = [.. known.Keys];

    public static string Type => "loa-command";

    public static JsonTypeInfo<Command> Shape => AirJson.Default.Command;

    /// <summary>Whether it is on the closed list, with arguments in range.</summary>
    public bool IsKnown() => known.TryGetValue(Name, out var accepts) && accepts(Args);

    public bool IsWithinBounds() =>
        Bounds.Named(Name, 40) && Bounds.IsNonce(Nonce) && Bounds.Short(Args.Server) && Bounds.Short(Args.Package, 64);

    static bool IsServer(string? address) =>
        address is not null
        && Uri.TryCreate(address, UriKind.Absolute, out var server)
        && server.Scheme is "http" or "https"
        && server.UserInfo.Length == 0;
}

/// <summary>What a command needs to know besides its name.</summary>
/// <param name="Level">Volume, 0 to 100.</param>
/// <param name="Horn">One horn, from 1; absent means all.</param>
/// <param name="On">Whether the amplifier is to have power.</param>
/// <param name="Minutes">How long a pause lasts at most, 1 to 120: a forgotten one must not mean silence for ever.</param>
/// <param name="Package">Digest of the loa-package to install.</param>
/// <param name="Server">http or https address of the server to try; the old one is kept until the new one answers.</param>
public sealed record CommandArgs(
    int? Level = null,
    int? Horn = null,
    bool? On = null,
    int? Minutes = null,
    string? Package = null,
    string? Server = null
);
