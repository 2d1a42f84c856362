using System.Globalization;
using Loa.Kernel;

namespace Loa.People.Seed;

/// <summary>A row of Seed/binh-phuoc-2022.csv: the 123 units before the reform. Positions are approximate.</summary>
sealed record UnitOf2022(string Code, string Name, string Kind, string ParentCode, double Latitude, double Longitude)
{
    public Guid Id { get; } = NamedId.Of($"unit:2022:{Code}");

    public static IReadOnlyList<UnitOf2022> All { get; } =
        SeedFile.Read(
            "binh-phuoc-2022",
            row => new UnitOf2022(
                row("code"),
                row("name"),
                row("kind"),
                row("parent_code"),
                double.Parse(row("lat"), CultureInfo.InvariantCulture),
                double.Parse(row("lon"), CultureInfo.InvariantCulture)
            )
        );
}

/// <summary>A row of Seed/dong-nai-2025.csv: the province of the reform and its 40 communes that re-use codes.</summary>
sealed record UnitOf2025(string Code, string Name, string Kind)
{
    public Guid Id { get; } = NamedId.Of($"unit:2025:{Code}");

    public static IReadOnlyList<UnitOf2025> All { get; } =
        SeedFile.Read("dong-nai-2025", row => new UnitOf2025(row("code"), row("name"), row("level")));
}

/// <summary>A row of Seed/officers.csv: a demo account, named by its role, with the place where it serves.</summary>
/// <param name="Unit">A code of 2025, or a district's of 2022, whose officers serve the communes that came out of it.</param>
sealed record SeedOfficer(string UserName, string Name, string Role, string Unit)
{
    public Guid Id { get; } = NamedId.Of($"officer:{UserName}");

    public static IReadOnlyList<SeedOfficer> All { get; } =
        SeedFile.Read("officers", row => new SeedOfficer(row("user_name"), row("name"), row("role"), row("unit")));
}

/// <summary>Reads the tables that the module carries.</summary>
static class SeedFile
{
    /// <param name="take">Makes a row, given what tells the value of a column.</param>
    public static IReadOnlyList<TRow> Read<TRow>(string name, Func<Func<string, string>, TRow> take)
    {
        using var reader = new StreamReader(
            typeof(SeedFile).Assembly.GetManifestResourceStream($"Seed/{name}.csv")
                ?? throw new FileNotFoundException(name)
        );
        var columns = reader.ReadLine()!.Split(',');
        var rows = new List<TRow>();
        // Our own files, in which no value holds a comma.
        while (reader.ReadLine() is { Length: > 0 } line)
        {
            var values = line.Split(',');
            rows.Add(take(column => values[Array.IndexOf(columns, column)]));
        }
        return rows;
    }
}
