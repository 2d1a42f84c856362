namespace Loa.Kernel;

/// <summary>Where a page of a list of known length lies, counted from the nearer end: the last page is found as soon as the first.</summary>
/// <param name="FromEnd">The list is read backwards, and the page turned round.</param>
public readonly record struct PageStretch(int Skip, int Take, bool FromEnd)
{
    public static PageStretch Of(int skip, int take, int total)
    {
        var mine = Math.Clamp(total - skip, 0, take);
        return skip > total / 2
            ? new(Math.Max(0, total - skip - mine), mine, FromEnd: true)
            : new(skip, take, FromEnd: false);
    }

    /// <summary>What was read, in the order of the list.</summary>
    public IReadOnlyList<TItem> Turned<TItem>(List<TItem> read)
    {
        if (FromEnd)
            read.Reverse();
        return read;
    }
}
