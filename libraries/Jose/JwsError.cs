namespace Loa.Jose;

/// <summary>Why a text is not a signed document of ours.</summary>
public enum JwsError
{
    None,

    /// <summary>Longer than the reader allows.</summary>
    Size,

    /// <summary>Not three canonical base64url parts, or a header that differs from the only one allowed.</summary>
    Malformed,

    /// <summary>A header that names another algorithm, "none" included.</summary>
    Algorithm,
}
