using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Loa.Jose;

namespace Loa.Air;

/// <summary>vectors.json, the file with which another maker can try his speaker.</summary>
sealed record VectorFile(
    string About,
    IReadOnlyDictionary<string, VectorKey> Keys,
    Guid Speaker,
    string Server,
    string Nonce,
    string Model,
    IReadOnlyList<Vector> Vectors
)
{
    const string Resource = "vectors.json";

    static readonly JsonSerializerOptions spelling = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
    };

    public static VectorFile Read()
    {
        using var stream = typeof(VectorFile).Assembly.GetManifestResourceStream(Resource)!;
        return JsonSerializer.Deserialize<VectorFile>(stream, spelling)!;
    }

    public void Write(string path) => File.WriteAllText(path, JsonSerializer.Serialize(this, spelling) + "\n");

    public static IReadOnlyDictionary<string, VectorKey> TestKeys { get; } =
        new Dictionary<string, VectorKey>
        {
            ["root"] = VectorKey.Of(SomeKeys.Root),
            ["officer"] = VectorKey.Of(SomeKeys.Officer),
            ["server"] = VectorKey.Of(SomeKeys.Server),
            ["technician"] = VectorKey.Of(SomeKeys.Technician),
            ["maker"] = VectorKey.Of(SomeKeys.Maker),
            ["spare"] = VectorKey.Of(SomeKeys.Spare),
            ["speaker"] = VectorKey.Of(SomeKeys.Speaker),
            ["next_root"] = VectorKey.Of(SomeKeys.NextRoot),
            ["stranger"] = VectorKey.Of(SomeKeys.Stranger),
        };
}

/// <summary>A key that anybody may have, with its private half.</summary>
sealed record VectorKey(string Kid, Jwk Jwk, string PrivatePem)
{
    public static VectorKey Of(SigningKey key) => new(key.KeyId, key.Public.Jwk, key.ToPem());
}
