using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Loa.Kernel;

/// <summary>A day as a person types it (1/6/2024) or a program writes it (2024-06-01); the month never stands first.</summary>
public readonly record struct TypedDay(DateOnly Day) : IParsable<TypedDay>
{
    static readonly string[] formats = ["yyyy-MM-dd", "d/M/yyyy"];

    public static TypedDay Parse(string s, IFormatProvider? provider) =>
        TryParse(s, provider, out var typed) ? typed : throw new FormatException();

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out TypedDay result)
    {
        var read = DateOnly.TryParseExact(
            s?.Trim(),
            formats,
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out var day
        );
        result = new(day);
        return read;
    }
}
