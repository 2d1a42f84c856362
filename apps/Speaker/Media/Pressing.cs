using Loa.Speaker.Schedule;

namespace Loa.Speaker.Media;

/// <summary>In which order sounds are brought here.</summary>
static class Pressing
{
    /// <summary>What is due comes before what is not, then the sooner; filler last.</summary>
    public static IReadOnlyList<RecordedEntry> First(this IEnumerable<RecordedEntry> waiting, DateTimeOffset now) =>
        [
            .. waiting
                .OrderBy(entry => entry.IsFiller)
                .ThenBy(entry => entry.Item.Start > now ? entry.Item.Start : DateTimeOffset.MinValue)
                .ThenByDescending(entry => entry.Item.Class)
                .ThenBy(entry => entry.Item.Start),
        ];
}
