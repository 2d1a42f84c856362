using System.Text.Json;
using System.Text.Json.Serialization;
using Loa.Writing;

namespace Loa.Kernel;

/// <summary>A text inside a list or a part of a request: one line, like a field of its own.</summary>
sealed class InnerLine : JsonConverter<string>
{
    public override string Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Line.TryRead(reader.GetString()!, out var line) ? line : throw new JsonException();

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value);
}
