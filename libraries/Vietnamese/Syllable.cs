using System.Collections.Frozen;

namespace Loa.Vietnamese;

/// <summary>Knows what a Vietnamese syllable without a tone mark can look like.</summary>
static class Syllable
{
    const int longest = 6;

    static readonly string[] onsets =
    [
        .. "ngh ng nh gh gi kh ph th tr ch qu b c d đ g h k l m n p r s t v x".Split(' '),
        "",
    ];

    // What may follow the onset. Syllables that end in c, ch, p or t always carry a tone mark,
    // so without one they are none.
    static readonly FrozenSet<string> rhymes = (
        "a ai ao au ay am an ang anh e em en eng eo i ia im in inh iu iem ien ieng ieu "
        + "o oi om on ong oa oai oan oang oanh oay oao oe oen oeo u ui um un ung ua uan uang uay ue uenh ui uoi uom uon uong uy uya uyen uynh uyu "
        + "y em yem yen yeng yeu ư ưa ưi ưng ưm ưn ưu ươi ươm ươn ương ươu êu"
    )
        .Split(' ')
        .ToFrozenSet();

    public static bool IsPossible(ReadOnlySpan<char> word)
    {
        if (word.Length is 0 or > longest)
            return false;
        var letters = word.ToString().ToLowerInvariant();
        return onsets.Any(onset =>
            letters.StartsWith(onset, StringComparison.Ordinal)
            && rhymes.Contains(letters[onset.Length..])
            && !(onset == "c" && letters[1] is 'e' or 'ê' or 'i' or 'y')
        );
    }
}
