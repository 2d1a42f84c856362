namespace Loa.Vietnamese;

/// <summary>Reads web and mail addresses so that a listener can write them down.</summary>
static class Addresses
{
    static readonly string[] endings = [".vn", ".com", ".org", ".net", ".edu", ".gov", ".info"];
    static readonly string[] beginnings = ["https://", "http://"];

    public static bool Read(Scan scan, Speech speech)
    {
        if (!char.IsAsciiLetterOrDigit(scan[0]) || !scan.Edge(-1))
            return false;
        var length = scan.Run(0, Belongs);
        while (length > 0 && !char.IsAsciiLetterOrDigit(scan[length - 1]))
            length--;
        if (!scan.Peek(0, length).Contains('.'))
            return false;
        var address = scan.Peek(0, length).ToString();
        foreach (var beginning in beginnings)
        {
            if (address.StartsWith(beginning, StringComparison.OrdinalIgnoreCase))
                address = address[beginning.Length..];
        }
        if (!IsAddress(address))
            return false;
        scan.Skip(length);
        var label = 0;
        for (var i = 0; i <= address.Length; i++)
        {
            if (i < address.Length && char.IsAsciiLetterOrDigit(address[i]))
                continue;
            Label(speech, address.AsSpan(label, i - label));
            if (i < address.Length)
                speech.Join(Sign(address[i]));
            label = i + 1;
        }
        return true;
    }

    static bool Belongs(char letter) =>
        char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or '_' or '@' or '/' or ':';

    static bool IsAddress(string run)
    {
        var site = run.Split('/', 2)[0];
        return Array.Exists(endings, ending => site.EndsWith(ending, StringComparison.OrdinalIgnoreCase));
    }

    static void Label(Speech speech, ReadOnlySpan<char> label)
    {
        var letters = label.Length > 0 && label.ContainsAnyExceptInRange('0', '9');
        if (letters)
            speech.Word(label, Acronym.IsSpelled(label) ? Acronym.Spell(label) : label.ToString());
        else if (label.Length > 0)
            speech.Figure(Numerals.Digits(label));
    }

    static string Sign(char sign) =>
        sign switch
        {
            '.' => "chấm",
            '@' => "a còng",
            '-' => "gạch ngang",
            '_' => "gạch dưới",
            ':' => "hai chấm",
            _ => "gạch chéo",
        };
}
