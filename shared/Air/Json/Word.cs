using System.Text.Json;
using System.Text.Json.Serialization;

namespace Loa.Air;

/// <summary>A choice from a closed list as one lower-case word; numbers and other spellings are refused.</summary>
public sealed class Word<T> : JsonConverter<T>
    where T : struct, Enum
{
    public static readonly T[] Values = Enum.GetValues<T>();

    public static readonly string[] Words = [.. Enum.GetNames<T>().Select(name => name.ToLowerInvariant())];

    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            for (var i = 0; i < Words.Length; i++)
            {
                if (reader.ValueTextEquals(Words[i]))
                    return Values[i];
            }
        }
        throw new JsonException();
    }

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WriteStringValue(AirWord.Of(value));
}
