using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Loa.Kernel;

/// <summary>
/// A use case's request, read from JSON or from a form alike, and checked by the validation attributes of its constructor,
/// so that a page and a machine enter by the same door. Malformed → <see cref="InvalidException"/> naming each field.
/// </summary>
public sealed record Input<TRequest>(TRequest Value)
    where TRequest : notnull
{
    static readonly ConstructorInfo Constructor = typeof(TRequest)
        .GetConstructors()
        .MaxBy(c => c.GetParameters().Length)!;
    static readonly (ParameterInfo Parameter, bool Optional)[] Parameters =
    [
        .. Constructor
            .GetParameters()
            .Select(p =>
                (p, p.HasDefaultValue || new NullabilityInfoContext().Create(p).WriteState == NullabilityState.Nullable)
            ),
    ];

    public static async ValueTask<Input<TRequest>> BindAsync(HttpContext http, ParameterInfo parameter)
    {
        var values = http.Request.HasFormContentType ? await FromForm(http) : await FromJson(http);
        var errors = Check(values);
        if (errors.Count > 0)
            throw new InvalidException(errors);
        return new((TRequest)Constructor.Invoke(values));
    }

    static async Task<object?[]> FromForm(HttpContext http)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var values = new object?[Parameters.Length];
        for (var i = 0; i < Parameters.Length; i++)
        {
            var (parameter, _) = Parameters[i];
            var texts = form[parameter.Name!];
            if (parameter.ParameterType.IsArray)
                values[i] = ToArray(parameter, [.. texts.OfType<string>().Where(t => t.Length > 0)]);
            else
                values[i] = ToValue(parameter, parameter.ParameterType, texts.LastOrDefault());
        }
        return values;
    }

    static Array ToArray(ParameterInfo parameter, string[] texts)
    {
        var element = parameter.ParameterType.GetElementType()!;
        var array = Array.CreateInstance(element, texts.Length);
        for (var i = 0; i < texts.Length; i++)
            array.SetValue(ToValue(parameter, element, texts[i]), i);
        return array;
    }

    static object? ToValue(ParameterInfo parameter, Type type, string? text)
    {
        if (type == typeof(string))
            return text?.ReplaceLineEndings("\n");
        if (type == typeof(bool))
            return text is "on" or "true";
        if (string.IsNullOrWhiteSpace(text))
            return parameter.HasDefaultValue ? parameter.DefaultValue : null;
        try
        {
            return TypeDescriptor
                .GetConverter(Nullable.GetUnderlyingType(type) ?? type)
                .ConvertFromInvariantString(text.Trim());
        }
        catch (Exception e)
            when (e is FormatException or ArgumentException or NotSupportedException or OverflowException)
        {
            throw new InvalidException(NameOf(parameter), "format");
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
            return [.. Parameters.Select(p => FromJson(p.Parameter, json.RootElement))];
        }
        catch (JsonException)
        {
            throw new InvalidException("body", "json");
        }
    }

    static object? FromJson(ParameterInfo parameter, JsonElement body)
    {
        var found = body.EnumerateObject()
            .LastOrDefault(p => string.Equals(p.Name, parameter.Name, StringComparison.OrdinalIgnoreCase));
        if (found.Value.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null)
            return parameter.HasDefaultValue ? parameter.DefaultValue : null;
        try
        {
            return found.Value.Deserialize(parameter.ParameterType, JsonSerializerOptions.Web);
        }
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            throw new InvalidException(NameOf(parameter), "format");
        }
    }

    static Dictionary<string, string[]> Check(object?[] values)
    {
        var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
        for (var i = 0; i < Parameters.Length; i++)
        {
            var (parameter, optional) = Parameters[i];
            var value = values[i];
            if (value is null or "" && !optional)
            {
                errors[NameOf(parameter)] = ["required"];
                continue;
            }
            if (value is null)
            {
                // An optional value type left out takes its default.
                if (parameter.ParameterType.IsValueType && Nullable.GetUnderlyingType(parameter.ParameterType) is null)
                    values[i] = Activator.CreateInstance(parameter.ParameterType);
                continue;
            }
            string[] broken =
            [
                .. parameter.GetCustomAttributes<ValidationAttribute>().Where(a => !a.IsValid(value)).Select(Code),
            ];
            if (broken.Length > 0)
                errors[NameOf(parameter)] = broken;
        }
        return errors;
    }

    // As programs write it, forms name it, and Words know it: "field.title".
    static string NameOf(ParameterInfo parameter) => JsonNamingPolicy.CamelCase.ConvertName(parameter.Name!);

    // MaxLengthAttribute → "max-length": one sentence per attribute in Words, whatever the field.
    static string Code(ValidationAttribute attribute)
    {
        var name = attribute.GetType().Name.Replace("Attribute", "", StringComparison.Ordinal);
        return string.Concat(
            name.Select(
                (c, i) =>
                    char.IsUpper(c) && i > 0 ? "-" + char.ToLowerInvariant(c) : char.ToLowerInvariant(c).ToString()
            )
        );
    }
}
