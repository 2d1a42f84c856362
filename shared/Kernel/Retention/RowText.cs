using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Loa.Kernel;

/// <summary>A row as one line of JSON with its columns and nothing else, for who opens an archive in ten years.</summary>
sealed class RowText(IEntityType type)
{
    static readonly JsonSerializerOptions Json = new()
    {
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
        Converters = { new JsonStringEnumConverter() },
    };

    readonly IReadOnlyList<IProperty> columns = [.. type.GetProperties()];

    public string Of(object row) =>
        JsonSerializer.Serialize(columns.ToDictionary(c => c.Name, c => c.GetGetter().GetClrValue(row)), Json);
}
