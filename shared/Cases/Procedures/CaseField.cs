using System.Text.Json;
using System.Text.Json.Nodes;

namespace Loa.Cases;

/// <summary>What a field holds.</summary>
public enum FieldKind
{
    Text,

    /// <summary>A whole number, 64 bits.</summary>
    Number,
    Decimal,
    Flag,

    /// <summary>A list of texts.</summary>
    Texts,

    /// <summary>A nested JSON value that only the module reads.</summary>
    Json,
}

/// <summary>A field of a case: its kind, its greatest length (characters of text, of JSON), and whether a search looks into it.</summary>
public sealed record CaseField(string Name, FieldKind Kind, int MaxLength = 500, bool Searched = false)
{
    /// <summary>A JSON null clears the field and always fits.</summary>
    public bool Fits(JsonNode? value) =>
        value is null
        || Kind switch
        {
            FieldKind.Text => value.GetValueKind() == JsonValueKind.String
                && value.GetValue<string>().Length <= MaxLength,
            FieldKind.Number => value.GetValueKind() == JsonValueKind.Number
                && value.AsValue().TryGetValue<long>(out _),
            FieldKind.Decimal => value.GetValueKind() == JsonValueKind.Number,
            FieldKind.Flag => value.GetValueKind() is JsonValueKind.True or JsonValueKind.False,
            FieldKind.Texts => value is JsonArray list
                && list.All(i => i?.GetValueKind() == JsonValueKind.String)
                && value.ToJsonString().Length <= MaxLength,
            FieldKind.Json => value.ToJsonString().Length <= MaxLength,
            _ => false,
        };
}
