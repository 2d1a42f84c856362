namespace Loa.Vietnamese;

/// <summary>Units of one letter, of which the neighbours tell the meaning: 60t is years of age, 12T months, 5t tons, OCOP 4* stars.</summary>
static class LetterUnits
{
    /// <summary>The length of what stands there, or 0.</summary>
    public static int Find(Scan scan, int gap, Speech speech, out string said)
    {
        said = "";
        if (scan[gap] is 'l' && scan.Peek(gap, 3) is "l/p" && speech.Near(Context.Pulse, 4))
        {
            said = "lần trên phút";
            return scan.Letters(gap + 2) + 2;
        }
        if (gap > 0 || !scan.Edge(1))
            return 0;
        said = scan[0] switch
        {
            't' or 'T' when speech.Near(Context.Term, 8) || (scan[1] == ':' && !speech.Near(Context.Aged, 8)) =>
                "tháng",
            't' or 'T' when scan.WordAfter(1) == "trở" || speech.Near(Context.Aged, 8) => "tuổi",
            't' or 'T' => "tấn",
            'v' when speech.Near(Context.Dosed, 4) => "viên",
            'l' when scan.Peek(1, 3) is "/ng" && speech.Near(Context.Dosed, 6) => "lần",
            '"'
                when scan.Back(letter => char.IsAsciiDigit(letter) || letter is ',' or '.') <= 4
                    && speech.Near(Context.Screened, 3) => "in",
            'w' when speech.Near(Context.Pregnant, 5) => "tuần",
            'đ' when IsMark(scan) && speech.Near(Context.Graded, 4) => "điểm",
            '*' when scan[1] != '*' && !char.IsDigit(scan[scan.Past(1)]) && speech.Near(Context.Starred, 5) => "sao",
            _ => "",
        };
        return said.Length > 0 ? 1 : 0;
    }

    // 4đ and 8,5đ are points, 50.000đ is money.
    static bool IsMark(Scan scan)
    {
        var back = scan.Back(letter => char.IsAsciiDigit(letter) || letter == ',');
        return back <= 5
            && !char.IsLetterOrDigit(scan[-back - 1])
            && scan[-back - 1] != '.'
            && scan.Back(char.IsAsciiDigit) <= 2;
    }
}
