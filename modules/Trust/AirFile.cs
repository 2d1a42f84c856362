using System.Text.Json;
using Loa.Air;
using Microsoft.AspNetCore.Http;

namespace Loa.Trust;

/// <summary>A document on its way to the root's keeper and back: the payload as JSON in a file, later the same signed.</summary>
static class AirFile
{
    public static string Text<T>(T document)
        where T : AirDocument<T>, IAirDocument<T> => JsonSerializer.Serialize(document, T.Shape);

    public static IResult Download<T>(T document, string name)
        where T : AirDocument<T>, IAirDocument<T> =>
        TypedResults.File(JsonSerializer.SerializeToUtf8Bytes(document, T.Shape), "application/json", $"{name}.json");

    /// <summary>Null when the text is not such a document.</summary>
    public static T? Read<T>(string text)
        where T : AirDocument<T>, IAirDocument<T>
    {
        try
        {
            return JsonSerializer.Deserialize(text, T.Shape) is { } document && document.IsWithinBounds()
                ? document
                : null;
        }
        catch (JsonException)
        {
            // The file comes from a person; told by the null.
            return null;
        }
    }
}
