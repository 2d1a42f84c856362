using Loa.Kernel;
using Loa.Vietnamese;

namespace Loa.People.Officers;

/// <summary>Which column of a list of officers holds what, by its heading in Vietnamese or English, with or without marks.</summary>
sealed class OfficerColumns
{
    /// <summary>As the page shows them.</summary>
    public static readonly IReadOnlyList<string> Example =
    [
        "họ tên",
        "tên đăng nhập",
        "đơn vị",
        "vai trò",
        "từ ngày",
        "đến ngày",
    ];

    /// <summary>A list cannot do without the first four.</summary>
    static readonly string[] needed = ["name", "user", "unit", "role"];

    static readonly Dictionary<string, string> names = new(StringComparer.Ordinal)
    {
        ["ho ten"] = "name",
        ["ho va ten"] = "name",
        ["ho ten hoac chuc danh"] = "name",
        ["name"] = "name",
        ["ten dang nhap"] = "user",
        ["tai khoan"] = "user",
        ["user name"] = "user",
        ["user"] = "user",
        ["don vi"] = "unit",
        ["ma don vi"] = "unit",
        ["unit"] = "unit",
        ["vai tro"] = "role",
        ["role"] = "role",
        ["tu ngay"] = "from",
        ["from"] = "from",
        ["den ngay"] = "to",
        ["den het ngay"] = "to",
        ["to"] = "to",
    };

    readonly Dictionary<string, int> places = new(StringComparer.Ordinal);

    public OfficerColumns(CsvRow heading)
    {
        for (var i = 0; i < heading.Cells.Count; i++)
            if (names.TryGetValue(Folding.Fold(heading.Cells[i]).Trim(), out var column))
                places.TryAdd(column, i);
        Refuse.Unless(needed.All(places.ContainsKey), "officers.import.columns", string.Join(", ", Example));
    }

    public string Of(CsvRow row, string column) =>
        places.TryGetValue(column, out var place) && place < row.Cells.Count ? row.Cells[place] : "";
}
