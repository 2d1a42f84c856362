using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Loa.Fleet.Faults;

/// <summary>The speakers of a fault: all, a share of them drawn by lot, or some by their serial numbers.</summary>
sealed record Whom(double Share, IReadOnlyList<string> Serials)
{
    public static Whom Parse(string text) =>
        text == "all" ? new(1, [])
        : text.EndsWith('%') ? new(double.Parse(text[..^1], CultureInfo.InvariantCulture) / 100, [])
        : new(0, text.Split(','));

    /// <summary>The same seed draws the same speakers, in whichever process they are.</summary>
    public bool Covers(string serial, int seed, int line)
    {
        if (Serials.Count > 0)
            return Serials.Contains(serial);
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{seed}/{line}/{serial}"));
        return BitConverter.ToUInt32(hash) < Share * uint.MaxValue;
    }
}
