using System.ComponentModel;
using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;

namespace Loa.Kernel;

/// <summary>
/// A use case's request, read from JSON or from a form alike, its texts brought into one form and checked by the attributes of its
/// constructor, so that a page and a machine enter by the same door. Malformed → <see cref="InvalidException"/> naming each field.
/// </summary>
public sealed record Input<TRequest>(TRequest Value) : IEndpointParameterMetadataProvider
    where TRequest : notnull
{
    static readonly RequestShape shape = new(typeof(TRequest));

    static readonly JsonSerializerOptions spelling = new(JsonSerializerOptions.Web)
    {
        Converters = { new InnerLine() },
    };

    public static FormBounds Bounds => shape.Bounds;

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder)
    {
        builder.Metadata.Add(new BodyLimit(Bounds.Bytes));
        builder.Metadata.Add(new RequestBody(typeof(TRequest)));
    }

    public static async ValueTask<Input<TRequest>> BindAsync(HttpContext http, ParameterInfo parameter) =>
        new((TRequest)shape.Make(http.Request.HasFormContentType ? await FromForm(http) : await FromJson(http)));

    static async Task<object?[]> FromForm(HttpContext http)
    {
        var form = await Forms.Read(http, Bounds);
        return
        [
            .. shape.Fields.Select(field =>
            {
                var texts = form[field.Parameter.Name!];
                return field.Type.IsArray
                    ? ToArray(field, [.. texts.OfType<string>().Where(t => t.Length > 0)])
                    : ToValue(field, field.Type, texts.LastOrDefault());
            }),
        ];
    }

    static Array ToArray(RequestField field, string[] texts)
    {
        var element = field.Type.GetElementType()!;
        var array = Array.CreateInstance(element, texts.Length);
        for (var i = 0; i < texts.Length; i++)
            array.SetValue(ToValue(field, element, texts[i]), i);
        return array;
    }

    static object? ToValue(RequestField field, Type type, string? text)
    {
        if (type == typeof(string))
            return text;
        if (type == typeof(bool))
            return text is "on" or "true";
        if (string.IsNullOrWhiteSpace(text))
            return field.Default;
        if ((Nullable.GetUnderlyingType(type) ?? type) == typeof(DateOnly))
            return TypedDay.TryParse(text, null, out var typed)
                ? typed.Day
                : throw new InvalidException(field.Name, "day");
        try
        {
            // A choice has the words that programs write too, and no numbers.
            if ((Nullable.GetUnderlyingType(type) ?? type).IsEnum)
                return JsonSerializer.SerializeToElement(text.Trim()).Deserialize(type, spelling);
            return TypeDescriptor
                .GetConverter(Nullable.GetUnderlyingType(type) ?? type)
                .ConvertFromInvariantString(text.Trim());
        }
        catch (Exception e)
            when (e
                    is FormatException
                        or ArgumentException
                        or NotSupportedException
                        or OverflowException
                        or JsonException
            )
        {
            throw new InvalidException(field.Name, "format");
        }
    }

    static async Task<object?[]> FromJson(HttpContext http)
    {
        if (!http.Request.HasJsonContentType())
            throw new InvalidException("body", "json");
        try
        {
            using var json = await JsonDocument.ParseAsync(http.Request.Body, default, http.RequestAborted);
            if (json.RootElement.ValueKind != JsonValueKind.Object)
                throw new InvalidException("body", "json");
            // The last of two by one name is taken, as everywhere in JSON.
            var members = new Dictionary<string, JsonElement>(StringComparer.OrdinalIgnoreCase);
            foreach (var member in json.RootElement.EnumerateObject())
                members[member.Name] = member.Value;
            return [.. shape.Fields.Select(field => FromJson(field, members.GetValueOrDefault(field.Name)))];
        }
        // A name that is half a character is told by the latter.
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new InvalidException("body", "json");
        }
    }

    static object? FromJson(RequestField field, JsonElement value)
    {
        if (value.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null)
            return field.Default;
        try
        {
            return field.Type == typeof(string)
                ? value.Deserialize<string>(JsonSerializerOptions.Web)
                : value.Deserialize(field.Type, spelling);
        }
        catch (Exception e)
            when (e is JsonException or NotSupportedException or InvalidOperationException or FormatException)
        {
            throw new InvalidException(field.Name, "format");
        }
    }
}
