using System.Text.Json;

namespace Loa.Air;

public sealed class HornShareTests
{
    static readonly JsonSerializerOptions spelling = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>How loud one horn is, as another maker reads it from horn-shares.json.</summary>
    sealed record Vector(string Class, int Volume, int Hour, int Horn, int? Own, double Share);

    [Fact]
    public void Every_vector_is_as_loud_as_written()
    {
        using var stream = typeof(HornShareTests).Assembly.GetManifestResourceStream("horn-shares.json")!;
        var vectors = JsonSerializer.Deserialize<Vector[]>(stream, spelling)!;

        Assert.All(vectors, vector => Assert.Equal(vector.Share, Of(vector), 1e-9));
        Assert.Contains(vectors, vector => vector is { Class: "emergency", Volume: 0, Horn: 0 });
    }

    [Fact]
    public void Nothing_that_can_be_set_makes_an_emergency_softer_than_its_floor()
    {
        int[] levels = [0, 1, 29, 30, 69, 70, 71, 99, 100];

        foreach (var volume in levels)
        foreach (var hour in levels)
        foreach (var horn in levels)
        foreach (var own in levels.Cast<int?>().Append(null))
            Assert.InRange(HornShare.Of(AirClass.Emergency, volume, hour, horn, own), 0.7 - 1e-9, 1);
    }

    static double Of(Vector vector) =>
        HornShare.Of(
            Enum.Parse<AirClass>(vector.Class, ignoreCase: true),
            vector.Volume,
            vector.Hour,
            vector.Horn,
            vector.Own
        );
}
