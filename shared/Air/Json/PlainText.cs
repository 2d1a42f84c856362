using System.Text.Json;
using System.Text.Json.Serialization;
using Loa.Writing;

namespace Loa.Air;

/// <summary>
/// A text on the air: refused when it holds control characters other than tab and line ends, or half a character. What is read is
/// never altered, for a signature may be over it; what we write ourselves is made fit first.
/// </summary>
sealed class PlainText : JsonConverter<string>
{
    public override string Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.String)
            throw new JsonException();
        var text = reader.GetString()!;
        return Prose.IsStorable(text) ? text : throw new JsonException();
    }

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) =>
        writer.WriteStringValue(Prose.Storable(value));
}

/// <summary>A log as the machine wrote it, whatever is in it; who stores it makes it fit.</summary>
sealed class LogText : JsonConverter<string>
{
    public override string Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String ? reader.GetString()! : throw new JsonException();

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value);
}
