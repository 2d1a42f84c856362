using System.Buffers;

namespace Loa.Vietnamese;

/// <summary>Reads web and mail addresses so that a listener can write them down.</summary>
static class Addresses
{
    // Shorter rows of digits are said as a number: xa12.
    const int longestNumber = 2;

    static readonly string[] endings =
    [
        ".vn",
        ".com",
        ".org",
        ".net",
        ".edu",
        ".gov",
        ".info",
        ".me",
        ".io",
        ".asia",
        ".tv",
        ".app",
        ".biz",
        ".online",
        ".site",
        ".xyz",
        ".page",
        ".link",
        ".gl",
        ".ly",
        ".be",
        ".shop",
    ];
    static readonly SearchValues<char> signs = SearchValues.Create([
        .. WordList.Signs.Keys.Where(key => key.Length == 2).Select(key => key[1]),
    ]);
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
        if (address.Length == length && !IsAddress(address))
            return false;
        scan.Skip(length);
        Say(address, speech);
        return true;
    }

    static bool Belongs(char letter) => char.IsAsciiLetterOrDigit(letter) || signs.Contains(letter);

    static bool IsAddress(string run)
    {
        var site = run.Split('/', '?', ':')[0];
        var host = site[(site.IndexOf('@', StringComparison.Ordinal) + 1)..];
        return host.Length < site.Length
            || Array.Exists(
                endings,
                ending =>
                    host.EndsWith(ending, StringComparison.OrdinalIgnoreCase)
                    && host.Length > ending.Length
                    && char.IsAsciiLetterOrDigit(host[^(ending.Length + 1)])
            );
    }

    static void Say(string address, Speech speech)
    {
        for (var i = 0; i < address.Length; )
        {
            var label = address.AsSpan(i);
            var digit = char.IsAsciiDigit(label[0]);
            var end = digit ? label.IndexOfAnyExceptInRange('0', '9') : Letters(label);
            label = end < 0 ? label : label[..end];
            if (label.IsEmpty)
                speech.Join(WordList.Signs[$"@{address[i]}"]);
            else if (digit)
                speech.Figure(
                    label.Length > longestNumber ? Telephones.Said(label.ToString()) : Numerals.Cardinal(label)
                );
            else
                speech.Word(label, Said(label));
            i += Math.Max(1, label.Length);
        }
    }

    static int Letters(ReadOnlySpan<char> label)
    {
        var length = 0;
        while (length < label.Length && char.IsAsciiLetter(label[length]))
            length++;
        return length;
    }

    static string Said(ReadOnlySpan<char> label)
    {
        if (WordList.Respelled.TryFind(label, out var known))
            return known;
        var spelled =
            Acronym.IsSpelled(label) || WordList.Abbreviations.TryFind(Acronym.Large(label.ToString()), out _);
        return spelled ? Acronym.Spell(label) : label.ToString();
    }
}
