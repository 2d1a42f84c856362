using Loa.Air;
using Loa.Speaker.Schedule;

namespace Loa.Speaker.Media;

/// <summary>One sound that is to be brought here: for an item, or as filler.</summary>
/// <param name="Entry">Null for filler, which nothing waits for.</param>
sealed record Want(Release Release, Entry? Entry)
{
    public Guid Key => Entry?.Item.Id ?? Release.Id;

    public DateTimeOffset? Start => Entry?.Item.Start;

    /// <summary>What is due comes before what is not, then the sooner; filler last.</summary>
    public static IReadOnlyList<Want> InOrder(IEnumerable<Entry> waiting, IEnumerable<Release> filler, DateTimeOffset now) =>
        [
            .. waiting
                .OrderBy(entry => entry.Item.Start > now ? entry.Item.Start : DateTimeOffset.MinValue)
                .ThenByDescending(entry => entry.Item.Class)
                .ThenBy(entry => entry.Item.Start)
                .Select(entry => new Want(entry.Release, entry)),
            .. filler.Select(release => new Want(release, null)),
        ];
}
