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
    public const string Stop = "stop";
    public const string Identify = "identify";

    static readonly Dictionary<string, Func<CommandArgs, bool>> known = new()
    {
        [Volume] = args => args.Level is >= 0 and <= 100,
        [Stop] = _ => true,
        [Identify] = _ => true,
    };

    public static string Type => "loa-command";

    public static JsonTypeInfo<Command> Shape => AirJson.Default.Command;

    /// <summary>Whether it is on the closed list, with arguments in range.</summary>
    public bool IsKnown() => known.TryGetValue(Name, out var accepts) && accepts(Args);

    public bool IsWithinBounds() => Bounds.Named(Name, 40) && Bounds.IsNonce(Nonce);
}

/// <summary>What a command needs to know besides its name.</summary>
/// <param name="Level">Volume, 0 to 100.</param>
public sealed record CommandArgs(int? Level = null);
