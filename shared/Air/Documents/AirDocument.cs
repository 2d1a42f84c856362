using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Loa.Jose;

namespace Loa.Air;

/// <summary>What each kind of signed document says of itself.</summary>
public interface IAirDocument<T>
    where T : class, IAirDocument<T>
{
    /// <summary>The "typ" of its header.</summary>
    static abstract string Type { get; }

    /// <summary>The longest compact text.</summary>
    static virtual int MaxLength => 16 * 1024;

    static abstract JsonTypeInfo<T> Shape { get; }

    /// <summary>Whether lists, texts and numbers keep within their bounds.</summary>
    bool IsWithinBounds();
}

/// <summary>A document that is signed and sent over the air; reading one does not mean believing it.</summary>
public abstract record AirDocument<T>
    where T : AirDocument<T>, IAirDocument<T>
{
    [JsonPropertyOrder(-1)]
    public int V => 1;

    public string Sign(SigningKey key) => Checked(Jws.Sign(key, T.Type, Payload()));

    /// <summary>What a key that lives elsewhere (an officer's browser) is to sign; <see cref="Jws.Complete"/> joins them.</summary>
    public string Draft(string keyId) => Jws.Draft(T.Type, keyId, Payload());

    /// <summary>Size, shape, algorithm, type, version and bounds; the signature is not looked at.</summary>
    [SuppressMessage(
        "Design",
        "CA1000:Do not declare static members on generic types",
        Justification = "Called as Release.TryRead."
    )]
    public static bool TryRead(
        string? compact,
        [NotNullWhen(true)] out Signed<T>? read,
        [NotNullWhen(false)] out string? refusal
    )
    {
        read = null;
        refusal = null;
        if (!Jws.TryRead(compact, T.MaxLength, out var jws, out var error))
            refusal = Reason(error);
        else if (jws.Type != T.Type)
            refusal = Refusal.DocumentType;
        else if (!AirJson.TryReadVersion(jws.Payload, out var version))
            refusal = Refusal.JwsMalformed;
        else if (version != 1)
            refusal = Refusal.DocumentVersion;
        else if (!AirJson.TryRead(jws.Payload, T.Shape, out var document) || !document.IsWithinBounds())
            refusal = Refusal.JwsMalformed;
        else
            read = new Signed<T>(document, jws);
        return read is not null;
    }

    byte[] Payload()
    {
        var document = (T)this;
        if (!document.IsWithinBounds())
            throw new ArgumentException($"A {T.Type} with these values would be refused by every reader.");
        return JsonSerializer.SerializeToUtf8Bytes(document, T.Shape);
    }

    static string Checked(string compact) =>
        compact.Length <= T.MaxLength
            ? compact
            : throw new ArgumentException($"A {T.Type} may have {T.MaxLength} characters, not {compact.Length}.");

    static string Reason(JwsError error) =>
        error switch
        {
            JwsError.Size => Refusal.DocumentSize,
            JwsError.Algorithm => Refusal.JwsAlgorithm,
            _ => Refusal.JwsMalformed,
        };
}
