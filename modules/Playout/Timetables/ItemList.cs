using System.Security.Cryptography;
using System.Text.Json;
using Loa.Air;
using Loa.Playout.Data;
using Microsoft.EntityFrameworkCore;

namespace Loa.Playout.Timetables;

/// <summary>What a timetable lists, kept once for all speakers that are to hold the same.</summary>
sealed class ItemList
{
    const int Together = 500;

    /// <summary>SHA-256 over the items.</summary>
    public required string Digest { get; init; }

    /// <summary>JSON, as it stands in a timetable.</summary>
    public required string Items { get; init; }
    public required DateTimeOffset Since { get; init; }

    public static ItemList Of(string digest, IReadOnlyList<TimetableItem> items, DateTimeOffset now) =>
        new()
        {
            Digest = digest,
            Items = JsonSerializer.Serialize(items, AirJson.Default.IReadOnlyListTimetableItem),
            Since = now,
        };

    public static string DigestOf(IReadOnlyList<TimetableItem> items) =>
        Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(items)));

    /// <summary>Each list is read and understood once, however many speakers hold it; one that is no more is left out.</summary>
    public static async Task<Dictionary<string, IReadOnlyList<TimetableItem>>> Read(
        PlayoutDb db,
        IEnumerable<string> digests,
        CancellationToken cancel
    )
    {
        var lists = new Dictionary<string, IReadOnlyList<TimetableItem>>(StringComparer.Ordinal);
        foreach (var some in digests.Distinct(StringComparer.Ordinal).Chunk(Together))
        foreach (var list in await db.ItemLists.AsNoTracking().Where(l => some.Contains(l.Digest)).ToListAsync(cancel))
            lists[list.Digest] =
                JsonSerializer.Deserialize(list.Items, AirJson.Default.IReadOnlyListTimetableItem) ?? [];
        return lists;
    }
}

/// <summary>What makes one list of items of another.</summary>
/// <param name="Other">New or different.</param>
/// <param name="Gone">In the list no more.</param>
sealed record ItemChange(IReadOnlyList<TimetableItem> Other, IReadOnlyList<Guid> Gone)
{
    public static ItemChange Between(IReadOnlyList<TimetableItem> before, IReadOnlyList<TimetableItem> after)
    {
        var known = before.ToDictionary(item => item.Id);
        return new(
            [.. after.Where(item => known.GetValueOrDefault(item.Id) != item)],
            [.. known.Keys.Except(after.Select(item => item.Id))]
        );
    }
}
