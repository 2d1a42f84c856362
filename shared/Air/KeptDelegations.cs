using Loa.Jose;

namespace Loa.Air;

/// <summary>The delegations behind something, kept as one text, as speakers are told them today.</summary>
public static class KeptDelegations
{
    public static string[] Read(string text) =>
        Array.ConvertAll(text.Split(' ', StringSplitOptions.RemoveEmptyEntries), Jws.Low);
}
