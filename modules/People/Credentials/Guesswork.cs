using System.Globalization;
using System.Text.RegularExpressions;
using Loa.Vietnamese;

namespace Loa.People.Credentials;

/// <summary>
/// Measures how much guessing a password stands against somebody who knows the officer: the cheapest way to put it together
/// from common words, names, years, dates, runs of the keyboard and repetitions; what is none of these counts sign by sign.
/// </summary>
static partial class Guesswork
{
    const double Letter = 4.7;
    const double Digit = 3.3;
    const double Sign = 5;
    const double Word = 8;
    const double Known = 3;
    const double Run = 5;
    const double Year = 7;
    const double Date = 14;

    // As people write them without marks and blanks, alone and in front of numbers.
    static readonly HashSet<string> words =
    [
        .. (
            "password passwd pass matkhau mk admin administrator quantri quanly root user username guest test demo login "
            + "dangnhap welcome letmein hello xinchao secret bimat abc love iloveyou anhyeuem emyeuanh yeuem yeuanh yeu tinhyeu "
            + "hanhphuc giadinh mebap bome conyeu vietnam viet nam tinh huyen xa phuong ap khupho thitran loa phatthanh "
            + "truyenthanh thongtin congan uyban ubnd chutich bithu canbo duyet bientap kythuat kiemtra hanoi saigon hochiminh "
            + "danang haiphong cantho hue dongnai binhphuoc nguyen tran le pham hoang huynh phan vu vo dang bui do ho ngo duong ly "
            + "van thi anh em minh hung hai nam long linh lan mai huong thu trang tuan dung son tung quan duc thanh hoa monkey "
            + "dragon football bongda master sunshine princess shadow superman batman pokemon michael jordan baseball soccer "
            + "computer maytinh internet facebook google samsung iphone zalo changeme default temp new old mot hai ba bon nam sau bay tam chin muoi"
        ).Split(' '),
    ];

    static readonly string[] keys = ["1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm"];

    /// <param name="about">What is known of the officer: user name, name, units.</param>
    public static double Bits(string password, IEnumerable<string> about)
    {
        var plain = Plain(password);
        HashSet<string> known = [.. about.SelectMany(Parts).Where(p => p.Length > 1)];
        var cheapest = new double[plain.Length + 1];
        for (var end = 1; end <= plain.Length; end++)
        {
            cheapest[end] = cheapest[end - 1] + Alone(plain[end - 1]);
            for (var start = 0; start < end - 1; start++)
                if (cheapest[start] < cheapest[end] && Piece(plain, start, end, known) is { } bits)
                    cheapest[end] = Math.Min(cheapest[end], cheapest[start] + bits);
        }
        return Math.Min(cheapest[^1], Repeated(plain, known));
    }

    static string Plain(string text) => Folding.Fold(text).Replace(" ", "", StringComparison.Ordinal);

    // "Lộc Tấn" is tried as loctan, as loc and as tan.
    static IEnumerable<string> Parts(string text) =>
        Folding
            .Fold(text)
            .Split(' ', '.', '-', '_', ',')
            .Append(Plain(text))
            .Append(Plain(text).Replace(".", "", StringComparison.Ordinal));

    static double Alone(char sign) =>
        char.IsAsciiDigit(sign) ? Digit
        : char.IsLetter(sign) ? Letter
        : Sign;

    static double? Piece(string text, int start, int end, HashSet<string> known)
    {
        var piece = text[start..end];
        if (known.Contains(piece) || known.Contains(Dressed(piece)))
            return Known;
        if (words.Contains(piece) || words.Contains(Dressed(piece)))
            return Word;
        if (piece.Length >= 3 && (IsRow(piece, 0) || IsRow(piece, 1) || IsRow(piece, -1) || IsWalk(piece)))
            return Run;
        if (YearForm().IsMatch(piece))
            return Year;
        return IsDate(piece) ? Date : null;
    }

    /// <summary>"p@ssw0rd" is no other word than "password".</summary>
    static string Dressed(string piece) =>
        string.Concat(
            piece.Select(c =>
                c switch
                {
                    '0' => 'o',
                    '1' or '!' => 'i',
                    '3' => 'e',
                    '4' or '@' => 'a',
                    '5' or '$' => 's',
                    '7' => 't',
                    _ => c,
                }
            )
        );

    static bool IsRow(string piece, int step) => piece.Zip(piece.Skip(1)).All(p => p.Second - p.First == step);

    /// <summary>From each key to one beside it, in a row or down a column.</summary>
    static bool IsWalk(string piece) => piece.Zip(piece.Skip(1)).All(p => AreBeside(p.First, p.Second));

    static bool AreBeside(char a, char b)
    {
        var (one, other) = (PlaceOf(a), PlaceOf(b));
        return one is { } x
            && other is { } y
            && Math.Abs(x.Row - y.Row) <= 1
            && Math.Abs(x.Column - y.Column) + Math.Abs(x.Row - y.Row) == 1;
    }

    static (int Row, int Column)? PlaceOf(char key)
    {
        var row = Array.FindIndex(keys, k => k.Contains(key, StringComparison.Ordinal));
        return row < 0 ? null : (row, keys[row].IndexOf(key, StringComparison.Ordinal));
    }

    static bool IsDate(string piece) =>
        piece.Length is 6 or 8 or 9 or 10
        && DateTime.TryParseExact(
            piece,
            ["ddMMyyyy", "yyyyMMdd", "ddMMyy", "dd/MM/yyyy", "dd-MM-yyyy", "d/M/yyyy", "dd.MM.yyyy"],
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out var day
        )
        && day.Year is > 1920 and < 2080;

    /// <summary>A group said again and again is as good as the group.</summary>
    static double Repeated(string text, HashSet<string> known)
    {
        for (var length = 1; length <= text.Length / 2; length++)
            if (text.AsSpan(length).SequenceEqual(text.AsSpan(0, text.Length - length)))
                return Bits(text[..length], known) + Run;
        return double.MaxValue;
    }

    [GeneratedRegex("^(19|20)[0-9]{2}$")]
    private static partial Regex YearForm();
}
