using System.Text;

namespace Loa.Vietnamese;

/// <summary>Says numbers as a Vietnamese reader does: mốt, tư, lăm, linh.</summary>
public static class Numerals
{
    const int mostDigits = 18;
    const int milliard = 9;

    static readonly string[] digits = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"];
    static readonly string[] powers = ["", "nghìn", "triệu"];

    public static string Cardinal(long number) =>
        number < 0 ? $"âm {Cardinal($"{(ulong)-number}")}" : Cardinal($"{number}");

    /// <summary>Says a whole number; one that is too long for words is said digit by digit.</summary>
    public static string Cardinal(ReadOnlySpan<char> number)
    {
        if (number.Length > mostDigits)
            return Digits(number);
        number = number.TrimStart('0');
        if (number.IsEmpty)
            return digits[0];
        var said = new StringBuilder();
        if (number.Length <= milliard)
            Groups(said, number, first: true);
        else
        {
            Groups(said, number[..^milliard], first: true);
            Add(said, "tỷ");
            Groups(said, number[^milliard..], first: false);
        }
        return said.ToString();
    }

    /// <summary>Says the digits one by one.</summary>
    public static string Digits(ReadOnlySpan<char> number)
    {
        var said = new StringBuilder(number.Length * 5);
        foreach (var digit in number)
            Add(said, digits[digit - '0']);
        return said.ToString();
    }

    /// <summary>Says what stands behind the comma.</summary>
    public static string Decimals(ReadOnlySpan<char> number) =>
        number.Length <= 2 && number[0] != '0' ? Cardinal(number) : Digits(number);

    // Nothing is said for the zeros at the end; zeros in the middle are, else the listener loses his place.
    static void Groups(StringBuilder said, ReadOnlySpan<char> number, bool first)
    {
        for (var power = (number.Length - 1) / 3; power >= 0 && number.ContainsAnyExcept('0'); power--)
        {
            var three = number[..(number.Length - 3 * power)];
            Three(said, three, first);
            Add(said, powers[power]);
            number = number[three.Length..];
            first = false;
        }
    }

    static void Three(StringBuilder said, ReadOnlySpan<char> group, bool first)
    {
        if (!group.ContainsAnyExcept('0'))
        {
            Add(said, digits[0]);
            return;
        }
        var (tens, ones) = (group.Length > 1 ? group[^2] - '0' : 0, group[^1] - '0');
        if (group.Length == 3)
            Add(said, digits[group[0] - '0'], "trăm");
        if (tens == 0 && ones == 0)
            return;
        if (tens == 0)
            Add(said, first && group.Length < 3 ? "" : "linh", digits[ones]);
        else
            Add(said, tens == 1 ? "mười" : $"{digits[tens]} mươi", Ones(tens, ones));
    }

    static string Ones(int tens, int ones) =>
        ones switch
        {
            0 => "",
            1 when tens > 1 => "mốt",
            4 when tens > 1 => "tư",
            5 => "lăm",
            _ => digits[ones],
        };

    static void Add(StringBuilder said, params ReadOnlySpan<string> words)
    {
        foreach (var word in words)
        {
            if (word.Length > 0)
                said.Append(said.Length > 0 ? " " : "").Append(word);
        }
    }
}
