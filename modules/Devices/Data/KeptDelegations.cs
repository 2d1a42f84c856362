using Loa.Jose;

namespace Loa.Devices.Data;

/// <summary>The delegations behind something, kept as one text, as speakers are told them today.</summary>
static class KeptDelegations
{
    public static string[] Read(string text) =>
        Array.ConvertAll(text.Split(' ', StringSplitOptions.RemoveEmptyEntries), Jws.Low);
}
