using System.Text.Json;
using System.Text.Json.Serialization;

namespace Loa.Air;

/// <summary>A moment as whole milliseconds since 1970 in UTC.</summary>
sealed class UnixMilliseconds : JsonConverter<DateTimeOffset>
{
    static readonly long last = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt64(out var milliseconds))
            throw new JsonException();
        if (milliseconds < 0 || milliseconds > last)
            throw new JsonException();
        return DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
    }

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteNumberValue(value.ToUnixTimeMilliseconds());
}
