using System.Text.Json.Nodes;
using Loa.Cases;
using Loa.Kernel;
using Loa.People.Units;

namespace Loa.People.Seed;

/// <summary>
/// The demo province as acts: Bình Phước in four levels from 2022-10-01, then the reform of 2025-07-01 that leaves three.
/// The 843 hamlets, and which new commune took which, are made up and marked so.
/// </summary>
sealed class DemoUnits(CaseBatch batch, DateTimeOffset at)
{
    public static readonly DateOnly Start = new(2022, 10, 1);
    public static readonly DateOnly Reform = new(2025, 7, 1);
    public const int HamletCount = 843;

    readonly IReadOnlyList<UnitOf2022> before = UnitOf2022.All;
    readonly IReadOnlyList<UnitOf2025> after = UnitOf2025.All;

    IReadOnlyList<UnitOf2022> Communes => [.. before.Where(u => u.Code.Length == 5)];

    UnitOf2022 OldProvince => before[0];

    UnitOf2025 NewProvince => after[0];

    public Guid Province => NewProvince.Id;

    public void Run()
    {
        foreach (var unit in before)
            Establish(
                unit.Id,
                new()
                {
                    ["unit_name"] = unit.Name,
                    ["unit_kind"] = unit.Kind,
                    ["parent"] =
                        unit.ParentCode == "" ? null : before.First(u => u.Code == unit.ParentCode).Id.ToString(),
                    ["statistics_code"] = unit.Code,
                    ["unit_latitude"] = unit.Latitude,
                    ["unit_longitude"] = unit.Longitude,
                },
                Start
            );
        var hamlets = SeedHamlets();
        SeedReform(hamlets);
    }

    /// <summary>The communes of today that came out of a district of 2022.</summary>
    public IEnumerable<UnitOf2025> SuccessorsOf(string districtCode) =>
        Successors.Where(s => s.Key.ParentCode == districtCode).Select(s => s.Value).Distinct();

    List<(Guid Id, UnitOf2022 Commune)> SeedHamlets()
    {
        var hamlets = new List<(Guid, UnitOf2022)>(HamletCount);
        var communes = Communes;
        for (var i = 0; i < communes.Count; i++)
        {
            var commune = communes[i];
            // Spread evenly: seven or eight each.
            var count = (HamletCount * (i + 1) / communes.Count) - (HamletCount * i / communes.Count);
            var (kind, word) = commune.Kind == "xa" ? ("ap", "Ấp") : ("khu_pho", "Khu phố");
            for (var n = 1; n <= count; n++)
            {
                var id = NamedId.Of($"hamlet:{commune.Code}:{n}");
                // On a spiral around the commune's middle, so that no two lie on one spot of a map.
                var (turn, radius) = (n * 2.399963, 0.006 * Math.Sqrt(n));
                Establish(
                    id,
                    new()
                    {
                        ["unit_name"] = $"{word} {n}",
                        ["unit_kind"] = kind,
                        ["parent"] = commune.Id.ToString(),
                        ["unit_latitude"] = Math.Round(commune.Latitude + (radius * Math.Sin(turn)), 5),
                        ["unit_longitude"] = Math.Round(commune.Longitude + (radius * Math.Cos(turn)), 5),
                        ["unit_made_up"] = true,
                    },
                    Start
                );
                hamlets.Add((id, commune));
            }
        }
        return hamlets;
    }

    void SeedReform(IReadOnlyList<(Guid Id, UnitOf2022 Commune)> hamlets)
    {
        Establish(
            NewProvince.Id,
            new()
            {
                ["unit_name"] = NewProvince.Name,
                ["unit_kind"] = NewProvince.Kind,
                ["statistics_code"] = NewProvince.Code,
                ["unit_latitude"] = OldProvince.Latitude,
                ["unit_longitude"] = OldProvince.Longitude,
                ["predecessors"] = new JsonArray(OldProvince.Id.ToString()),
            },
            Reform
        );
        foreach (var commune in after.Skip(1))
        {
            var place = PlaceOf(commune);
            Establish(
                commune.Id,
                new()
                {
                    ["unit_name"] = commune.Name,
                    ["unit_kind"] = commune.Kind,
                    ["parent"] = NewProvince.Id.ToString(),
                    ["statistics_code"] = commune.Code,
                    ["unit_latitude"] = place.Latitude,
                    ["unit_longitude"] = place.Longitude,
                    ["predecessors"] = new JsonArray([
                        .. Successors.Where(s => s.Value == commune).Select(s => (JsonNode)s.Key.Id.ToString()),
                    ]),
                    ["links_made_up"] = true,
                },
                Reform
            );
        }
        foreach (var (id, commune) in hamlets)
            Move(
                id,
                UnitProcedure.Transfer,
                new() { ["parent"] = Successors[commune].Id.ToString(), ["links_made_up"] = true }
            );
        foreach (var unit in before)
            Move(unit.Id, UnitProcedure.Dissolve, []);
    }

    // Made up: the nearest new commune, of the same old district where there is one.
    Dictionary<UnitOf2022, UnitOf2025> Successors =>
        field ??= Communes.ToDictionary(
            old => old,
            old => after.Skip(1).MinBy(c => (PlaceOf(c).ParentCode != old.ParentCode, Distance(PlaceOf(c), old)))!
        );

    // A new commune lies where the unit lay that had its code before.
    UnitOf2022 PlaceOf(UnitOf2025 commune) => before.First(u => u.Code == commune.Code);

    static double Distance(UnitOf2022 a, UnitOf2022 b) =>
        Math.Pow(a.Latitude - b.Latitude, 2) + Math.Pow(a.Longitude - b.Longitude, 2);

    void Establish(Guid id, JsonObject patch, DateOnly effective)
    {
        patch["effective"] = UnitStep.Text(effective);
        foreach (var empty in patch.Where(p => p.Value is null).Select(p => p.Key).ToArray())
            patch.Remove(empty);
        batch.Open(UnitProcedure.Definition, id, id, UnitProcedure.Establish, new(patch), Actor.Server, at);
    }

    void Move(Guid id, string move, JsonObject patch)
    {
        patch["effective"] = UnitStep.Text(Reform);
        batch.Move(id, move, new(patch), Actor.Server, at);
    }
}
