using System.Text.Json;
using System.Text.Json.Serialization;

namespace Loa.Air;

/// <summary>An id as a UUID in its one spelling: 36 characters, lower case.</summary>
public sealed class LowerCaseId : JsonConverter<Guid>
{
    const int Length = 36;

    public override Guid Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.String || !TryParse(reader.GetString(), out var id))
            throw new JsonException();
        return id;
    }

    public override void Write(Utf8JsonWriter writer, Guid value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value);

    /// <summary>Whether the text is exactly what <see cref="Guid.ToString()"/> makes: no blanks, no signs, no capitals.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Guid id)
    {
        // The framework reads more spellings than it writes: blanks around it, "+" and "0x" within.
        Span<char> spelled = stackalloc char[Length];
        return Guid.TryParseExact(text, "D", out id)
            && id.TryFormat(spelled, out _, "D")
            && text.SequenceEqual(spelled);
    }
}
