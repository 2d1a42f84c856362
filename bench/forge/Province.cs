using Loa.Air;
using Loa.Jose;

namespace Loa.Bench.Forge;

/// <summary>All that lies in the database of a province, as a thief has copied it: documents, delegations, the server's own key.</summary>
sealed class Province
{
    static readonly AirClass[] classes = Enum.GetValues<AirClass>();
    static readonly Guid[] units =
    [
        Some.Province,
        Some.District,
        Some.Commune,
        Some.Hamlet,
        Some.OtherDistrict,
        Some.OtherCommune,
    ];

    public Province(Random random)
    {
        Server = SomeKeys.Server;
        ServerWord = Some.ToServer.Sign(SomeKeys.Root);
        Officer[] officers =
        [
            // In force, over and not begun, here and elsewhere, high and low, narrow and wide, and taken back.
            Make(AirClass.Ordinary, [Some.Commune], -30, 300),
            Make(AirClass.Emergency, [Some.Province], -30, 300),
            Make(AirClass.Priority, [Some.Hamlet], -30, 300),
            Make(AirClass.Priority, [Some.OtherCommune], -30, 300),
            Make(AirClass.Emergency, [Some.OtherDistrict], -30, 300),
            Make(AirClass.Priority, [Some.Commune], -300, -1),
            Make(AirClass.Priority, [Some.Commune], 2, 300),
            Make(AirClass.Priority, [Some.Commune], -30, 1),
            Make(AirClass.Emergency, [], -30, 300),
            Make(AirClass.Emergency, [Some.Commune], -30, 300) with
            {
                IsRevoked = true,
            },
        ];
        Officers = officers;
        Revocations = (
            Some.Revocations with
            {
                Version = 5,
                Kids = [.. officers.Where(o => o.IsRevoked).Select(o => o.Key.KeyId)],
            }
        ).Sign(SomeKeys.Root);
        OlderRevocations = (Some.Revocations with { Version = 4 }).Sign(SomeKeys.Root);
        Approved = [.. officers.SelectMany(officer => Enumerable.Range(0, 40).Select(_ => Some1(officer, random)))];
        ByText = Approved.ToDictionary(a => a.Text);
    }

    public SigningKey Server { get; }

    public string ServerWord { get; }

    public IReadOnlyList<Officer> Officers { get; }

    public string Revocations { get; }

    public string OlderRevocations { get; }

    public IReadOnlyList<Approved> Approved { get; }

    public IReadOnlyDictionary<string, Approved> ByText { get; }

    static Officer Make(AirClass highest, Guid[] units, int fromDays, int toDays)
    {
        var key = SigningKey.Create();
        var delegation = Some.Delegation(key, AirKind.Release) with
        {
            Id = Guid.CreateVersion7(),
            Classes = [.. classes.Where(c => c <= highest)],
            Units = units,
            NotBefore = Some.Now.AddDays(fromDays),
            Expires = Some.Now.AddDays(toDays),
        };
        return new Officer(key, delegation);
    }

    // Not only what is right: a leader's key may also have signed beyond his right.
    static Approved Some1(Officer officer, Random random)
    {
        var from = Some.Now.AddHours(random.Next(-96, 72));
        return officer.Approve(
            Some.Release with
            {
                Id = Guid.CreateVersion7(),
                Class = classes[random.Next(classes.Length)],
                Units = [units[random.Next(units.Length)], units[random.Next(units.Length)]],
                NotBefore = from,
                Expires = from.AddHours(random.Next(1, 72)),
            }
        );
    }
}
