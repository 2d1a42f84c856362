using System.Text.Json;
using System.Text.Json.Serialization;

namespace Loa.Air;

/// <summary>A length of time as whole milliseconds, at most a hundred years either way.</summary>
sealed class Milliseconds : JsonConverter<TimeSpan>
{
    const long Most = 100L * 366 * 24 * 3600 * 1000;

    public override TimeSpan Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt64(out var milliseconds))
            throw new JsonException();
        if (milliseconds is < -Most or > Most)
            throw new JsonException();
        return TimeSpan.FromMilliseconds(milliseconds);
    }

    public override void Write(Utf8JsonWriter writer, TimeSpan value, JsonSerializerOptions options) =>
        writer.WriteNumberValue((long)value.TotalMilliseconds);
}
