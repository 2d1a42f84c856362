using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration.Attributes;

namespace Loa.People.Seed;

/// <summary>A row of Seed/binh-phuoc-2022.csv: the 123 units before the reform. Positions are approximate.</summary>
sealed record UnitOf2022
{
    [Name("code")]
    public required string Code { get; init; }

    [Name("name")]
    public required string Name { get; init; }

    [Name("kind")]
    public required string Kind { get; init; }

    [Name("parent_code")]
    public required string ParentCode { get; init; }

    [Name("lat")]
    public required double Latitude { get; init; }

    [Name("lon")]
    public required double Longitude { get; init; }

    public Guid Id => SeedId.Of($"unit:2022:{Code}");
}

/// <summary>A row of Seed/dong-nai-2025.csv: the units of the reform that re-use 40 codes.</summary>
sealed record UnitOf2025
{
    [Name("code")]
    public required string Code { get; init; }

    [Name("name")]
    public required string Name { get; init; }

    [Name("level")]
    public required string Kind { get; init; }

    public Guid Id => SeedId.Of($"unit:2025:{Code}");
}

/// <summary>A row of Seed/officers.csv: a demo account, named by its role, with the place where it serves.</summary>
sealed record SeedOfficer
{
    [Name("user_name")]
    public required string UserName { get; init; }

    [Name("name")]
    public required string Name { get; init; }

    [Name("role")]
    public required string Role { get; init; }

    /// <summary>A code of 2025, or a district's of 2022, whose officers serve the communes that came out of it.</summary>
    [Name("unit")]
    public required string Unit { get; init; }

    public Guid Id => SeedId.Of($"officer:{UserName}");
}

/// <summary>Reads the tables that the module carries.</summary>
static class SeedFile
{
    public static IReadOnlyList<TRow> Read<TRow>(string name)
    {
        using var reader = new StreamReader(
            typeof(SeedFile).Assembly.GetManifestResourceStream($"Seed/{name}.csv")
                ?? throw new FileNotFoundException(name)
        );
        using var csv = new CsvReader(reader, CultureInfo.InvariantCulture);
        return [.. csv.GetRecords<TRow>()];
    }
}
