namespace Loa.Speaker.Schedule;

/// <summary>Which of two items a speaker plays first: what is due, then by <see cref="Air.Precedence"/>.</summary>
static class PlayOrder
{
    /// <summary>Of something that sounds without being an item, so that every item may follow it.</summary>
    public const int Lowest = -2;

    /// <summary>What somebody approved is not interrupted by a mere stand-in, unless people are in danger.</summary>
    public const int Danger = 2;

    /// <summary>A higher one interrupts a lower one.</summary>
    public static int Rank(Entry entry) => 2 * (int)entry.Item.Class;

    /// <summary>Of what sounds in place of an item: the item itself may follow it at once, nothing lower may.</summary>
    public static int RankInstead(Entry entry) => Rank(entry) - 1;

    /// <summary>Whether it sounds before the other from a moment on: what is due then comes before what is due later.</summary>
    public static bool ComesBefore(Entry one, Entry? other, DateTimeOffset from)
    {
        if (other is null)
            return true;
        var due = Due(one, from).CompareTo(Due(other, from));
        if (due != 0)
            return due < 0;
        return one.Item.Precedence < other.Item.Precedence;
    }

    static DateTimeOffset Due(Entry entry, DateTimeOffset from) => entry.Item.Start > from ? entry.Item.Start : from;
}
