using System.Text.Json.Serialization.Metadata;

namespace Loa.Air;

/// <summary>Where a speaker stands: its path in the tree of units, from the province down.</summary>
/// <param name="Kid">The speaker's own key.</param>
public sealed record Placement(
    Guid Id,
    Guid Speaker,
    string Kid,
    long Version,
    IReadOnlyList<Guid> Path,
    DateTimeOffset At
) : AirDocument<Placement>, IAirDocument<Placement>
{
    public static string Type => "loa-placement";

    public static JsonTypeInfo<Placement> Shape => AirJson.Default.Placement;

    public bool IsWithinBounds() =>
        Bounds.IsKeyId(Kid) && Version > 0 && Path.Count > 0 && Bounds.Few(Path, Bounds.Path);
}
