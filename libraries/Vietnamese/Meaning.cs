namespace Loa.Vietnamese;

/// <summary>What an abbreviation means after some words and before others: "{công ty} CP", "CT {UBND|HĐND}".</summary>
sealed record Meaning(string[] After, string Word, string[] Ahead, string Said)
{
    public static Meaning Parse(string key, string said)
    {
        var after = key.StartsWith('{') ? key[1..key.IndexOf('}', StringComparison.Ordinal)] : "";
        var ahead = key.EndsWith('}') ? key[(key.LastIndexOf('{') + 1)..^1] : "";
        var from = after.Length > 0 ? after.Length + 2 : 0;
        var to = ahead.Length > 0 ? key.Length - ahead.Length - 2 : key.Length;
        return new(Split(after), key[from..to].Trim(), Split(ahead), said);
    }

    /// <param name="length">Of the word, with the full stop behind it where that belongs to it.</param>
    public bool Fits(Scan scan, Speech speech, int letters, out int length)
    {
        length = letters;
        if (After.Length > 0 && !Array.Exists(After, speech.EndsWith))
            return false;
        if (Ahead.Length == 0)
            return scan.Edge(letters);
        var at = letters;
        var stop = scan[at] == '.';
        var next = scan.Past(stop ? at + 1 : at);
        length = stop ? at + 1 : at;
        return Array.Exists(Ahead, ahead => Stands(scan, at, next, ahead));
    }

    // What may come is a number (#, ####, 0, #/####), a colon, a name (Aa), a family name (họ), or just that text.
    static bool Stands(Scan scan, int at, int next, string ahead) =>
        ahead switch
        {
            "#" => char.IsAsciiDigit(scan[next]),
            "####" => scan.Digits(Colon(scan, at, next)) == 4 && scan.Edge(Colon(scan, at, next) + 4),
            "#/####" => scan.Digits(next) is var month and (1 or 2)
                && scan[next + month] == '/'
                && scan.Digits(next + month + 1) == 4,
            "#/" => scan.Digits(next) == 1 && scan[next + 1] == '/',
            "d/m/y" => Dates.Length(scan, Colon(scan, at, next)) > 0,
            "0" => scan[next] is '(' or '+' or '0' || scan.Digits(next) >= 6,
            "." => scan[at] == '.' && char.IsUpper(scan[next]),
            ":" => scan[scan.Past(at)] == ':',
            "Aa" => scan[at] != '.' && char.IsUpper(scan[next]) && char.IsLower(scan[next + 1]),
            "họ" => char.IsUpper(scan[next]) && Context.Family.Contains(scan.WordAfter(next)),
            "I" => Romans.Stands(scan, next),
            _ => (!char.IsLetterOrDigit(scan[at]) || char.IsAsciiDigit(ahead[0])) && scan.Stands(next, ahead),
        };

    // "SN: 1985"
    static int Colon(Scan scan, int at, int next) => scan[at] == ':' ? scan.Past(at + 1) : next;

    static string[] Split(string words) => words.Split('|', StringSplitOptions.RemoveEmptyEntries);
}
