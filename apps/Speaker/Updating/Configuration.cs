using System.Text.Json;
using System.Text.Json.Serialization;
using Loa.Speaker.Store;

namespace Loa.Speaker.Updating;

/// <summary>What a configuration package may set; what it leaves out stays as the speaker was started.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
sealed record Configuration(
    [property: JsonPropertyName("v")] int V,
    [property: JsonPropertyName("media_bytes")] long? MediaBytes = null,
    [property: JsonPropertyName("media_bytes_per_second")] long? MediaBytesPerSecond = null,
    [property: JsonPropertyName("health_seconds")] int? HealthSeconds = null
)
{
    const long MostSettings = 64 * 1024;

    /// <summary>Null when it is none, or sets something to what it cannot be.</summary>
    public static Configuration? Read(IDisk disk, string file)
    {
        if (disk.Length(file) is null or > MostSettings)
            return null;
        try
        {
            var read = JsonSerializer.Deserialize(disk.Read(file), UpdateJson.Default.Configuration);
            return read is not null && read.IsPossible() ? read : null;
        }
        catch (JsonException)
        {
            // An expected answer of a stranger's bytes, told by the null.
            return null;
        }
    }

    public Settings On(Settings settings) =>
        settings with
        {
            MediaBytes = MediaBytes ?? settings.MediaBytes,
            MediaBytesPerSecond = MediaBytesPerSecond ?? settings.MediaBytesPerSecond,
            HealthEvery = HealthSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : settings.HealthEvery,
        };

    bool IsPossible() =>
        V == 1
        && MediaBytes is null or (>= 16L << 20 and <= 1L << 40)
        && MediaBytesPerSecond is null or (>= 4 << 10 and <= 1L << 30)
        && HealthSeconds is null or (>= 10 and <= 3600);
}
