using System.Text;

namespace Loa.Calendar;

/// <summary>
/// Reads the series of an iCalendar file (RFC 5545). What is wrong or not gone by is told with its line; the rest of the file is
/// read all the same, and nothing is guessed.
/// </summary>
public static class IcsReader
{
    const int LongestBytes = 4_000_000;

    /// <param name="zone">What a time without a zone is by.</param>
    public static IcsFile Read(ReadOnlySpan<byte> file, TimeZoneInfo zone)
    {
        if (file.Length > LongestBytes)
            return new([], [new(0, IcsFaultKind.TooLong, $"{file.Length}")]);
        var (text, faults) = (Decoded(file), new List<IcsFault>());
        var (blocks, open) = (new List<IcsBlock>(), default(IcsBlock));
        var (calendar, depth) = (false, 0);
        foreach (var line in IcsLines.Read(text, faults))
        {
            calendar |= line is { Name: "BEGIN", Value: "VCALENDAR" or "VEVENT" };
            if (line.Name == "BEGIN")
                (open, depth) =
                    open is not null ? (open, depth + 1)
                    : line.Value == "VEVENT" ? (new IcsBlock(line.Number, zone, faults), 0)
                    : (null, 0);
            else if (line.Name == "END" && open is not null)
            {
                if (depth-- > 0)
                    continue;
                blocks.Add(open);
                (open, depth) = (null, 0);
            }
            // An alarm within an event is not the event.
            else if (depth == 0)
                open?.Take(line);
        }
        if (!calendar)
            faults.Add(new(1, IcsFaultKind.NoCalendar, ""));
        return new([.. blocks.Where(b => b.IsWhole()).GroupBy(b => b.Uid).SelectMany(United)], faults);
    }

    static string Decoded(ReadOnlySpan<byte> file)
    {
        // The standard is UTF-8; calendars that write otherwise say so by their first bytes.
        Encoding encoding =
            file.StartsWith(Encoding.Unicode.Preamble) ? Encoding.Unicode
            : file.StartsWith(Encoding.BigEndianUnicode.Preamble) ? Encoding.BigEndianUnicode
            : Encoding.UTF8;
        return encoding.GetString(file).TrimStart('\uFEFF');
    }

    // The newest text of the series, and what was moved of it.
    static IEnumerable<IcsEvent> United(IGrouping<string, IcsBlock> named)
    {
        var masters = named.Where(b => b.Original is null).ToList();
        var newest = masters.MaxBy(b => b.Sequence);
        var changes = named
            .Where(b => b.Original is not null)
            .GroupBy(b => b.Original!.Value)
            .Select(g => g.MaxBy(b => b.Sequence)!)
            .ToList();
        if (newest is null)
            return changes.Where(c => !c.Cancelled).Select(c => c.Alone());
        if (newest.Cancelled)
            return [];
        var series = newest.Series();
        var moved = changes.Where(c => !c.Cancelled).Select(c => c.Moved(series));
        var gone = changes.Where(c => c.Cancelled).Select(c => c.OriginalIn(series));
        return
        [
            new(
                newest.Uid,
                newest.Summary,
                series with
                {
                    Moved = [.. moved],
                    LeftOut = [.. series.LeftOut, .. gone],
                },
                newest.Why
            ),
        ];
    }
}
