using Loa.Kernel;
using Loa.Vietnamese;

namespace Loa.Devices.Enrolments;

/// <summary>Which column of a list holds what, by its heading in Vietnamese or English, with or without marks.</summary>
sealed class PreregistrationColumns
{
    /// <summary>As the example file names them; x and y together may stand for the key.</summary>
    public static readonly IReadOnlyList<string> Example =
    [
        "serial",
        "key",
        "unit",
        "name",
        "vendor",
        "model",
        "horns",
    ];

    static readonly Dictionary<string, string> names = new(StringComparer.Ordinal)
    {
        ["serial"] = "serial",
        ["so may"] = "serial",
        ["so seri"] = "serial",
        ["key"] = "key",
        ["khoa"] = "key",
        ["khoa cong khai"] = "key",
        ["x"] = "x",
        ["y"] = "y",
        ["unit"] = "unit",
        ["unit code"] = "unit",
        ["ma don vi"] = "unit",
        ["don vi"] = "unit",
        ["noi dat"] = "unit",
        ["name"] = "name",
        ["ten"] = "name",
        ["vendor"] = "vendor",
        ["hang"] = "vendor",
        ["model"] = "model",
        ["kieu may"] = "model",
        ["horns"] = "horns",
        ["so loa"] = "horns",
    };

    readonly Dictionary<string, int> places = new(StringComparer.Ordinal);

    public PreregistrationColumns(CsvRow heading)
    {
        for (var i = 0; i < heading.Cells.Count; i++)
            if (names.TryGetValue(Folding.Fold(heading.Cells[i]).Trim(), out var column))
                places.TryAdd(column, i);
    }

    /// <summary>The first column that a list cannot do without and that is not there; null when all are.</summary>
    public string? Missing =>
        !Has("serial") ? "serial"
        : !Has("key") && !(Has("x") && Has("y")) ? "key"
        : Has("unit") ? null
        : "unit";

    public string Of(CsvRow row, string column) =>
        places.TryGetValue(column, out var place) && place < row.Cells.Count ? row.Cells[place] : "";

    /// <summary>The id of the key that the row names; null when it names none.</summary>
    public string? KeyOf(CsvRow row) =>
        Of(row, "key") is { Length: > 0 } key ? KeyText.KeyId(key) : KeyText.KeyId(Of(row, "x"), Of(row, "y"));

    bool Has(string column) => places.ContainsKey(column);
}
