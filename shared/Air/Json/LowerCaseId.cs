using System.Text.Json;
using System.Text.Json.Serialization;

namespace Loa.Air;

/// <summary>An id as a UUID in its one spelling: 36 characters, lower case.</summary>
sealed class LowerCaseId : JsonConverter<Guid>
{
    public override Guid Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.String || !TryParse(reader.GetString(), out var id))
            throw new JsonException();
        return id;
    }

    public override void Write(Utf8JsonWriter writer, Guid value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value);

    internal static bool TryParse(ReadOnlySpan<char> text, out Guid id)
    {
        id = default;
        return !text.ContainsAnyInRange('A', 'F') && Guid.TryParseExact(text, "D", out id);
    }
}
