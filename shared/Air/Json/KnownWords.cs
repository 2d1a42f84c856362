using System.Text.Json;
using System.Text.Json.Serialization;

namespace Loa.Air;

/// <summary>
/// A list of choices that may grow: a word that this version does not know is passed over, so that a later one can be granted
/// beside those of today.
/// </summary>
sealed class KnownWords<T> : JsonConverter<IReadOnlyList<T>>
    where T : struct, Enum
{
    const int MostWords = 16;

    public override IReadOnlyList<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
            throw new JsonException();
        var known = new List<T>();
        var words = 0;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.String || !Bounds.IsWord(reader.GetString()) || ++words > MostWords)
                throw new JsonException();
            if (Array.IndexOf(Word<T>.Words, reader.GetString()) is >= 0 and var i)
                known.Add(Word<T>.Values[i]);
        }
        return known;
    }

    public override void Write(Utf8JsonWriter writer, IReadOnlyList<T> value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        foreach (var one in value)
            writer.WriteStringValue(AirWord.Of(one));
        writer.WriteEndArray();
    }
}
