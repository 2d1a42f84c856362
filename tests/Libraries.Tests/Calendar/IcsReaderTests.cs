using System.Globalization;
using System.Text;

namespace Loa.Calendar;

public sealed class IcsReaderTests
{
    static readonly TimeZoneInfo here = TimeZoneInfo.FindSystemTimeZoneById("Asia/Ho_Chi_Minh");

    [Theory]
    [InlineData(
        "DTSTART;TZID=Europe/Berlin:20191029T100000|RRULE:FREQ=WEEKLY;UNTIL=20191111T090000Z|EXDATE:20191105T090000Z",
        "20191029T0900 "
    )]
    [InlineData(
        "DTSTART:20240609T030000Z|RRULE:FREQ=DAILY;COUNT=4|EXDATE;VALUE=DATE:20240611",
        "20240609T0300 20240610T0300 20240612T0300"
    )]
    [InlineData(
        "DTSTART:20240609T030000Z|RRULE:FREQ=DAILY;COUNT=2|RRULE:FREQ=DAILY;COUNT=2",
        "20240609T0300 20240610T0300"
    )]
    [InlineData(
        "DTSTART:20240609T030000Z|RRULE:FREQ=DAILY;COUNT=2|RDATE:20240610T030000Z",
        "20240609T0300 20240610T0300"
    )]
    [InlineData(
        "DTSTART;TZID=\"Pacific Standard Time:\":20230601T080000|RRULE:FREQ=WEEKLY;UNTIL=20230608T150000Z",
        "20230601T1500 20230608T1500"
    )]
    [InlineData("DTSTART:20240609T053000|RRULE:FREQ=DAILY;COUNT=1", "20240608T2230")]
    [InlineData("DTSTART:20240609T030000Z|RRULE:FREQ=DAILY;UNTIL=20240608T000000Z", "")]
    public void What_calendars_really_write_is_read(string lines, string expected)
    {
        var file = Read("UID:1|" + lines);

        Assert.Empty(file.Faults);
        Assert.Equal(expected.Trim(), Times(file));
    }

    [Theory]
    [InlineData("UID:1|DTSTART:2024-06-09", 3, IcsFaultKind.BadTime)]
    [InlineData("UID:1|RRULE:FREQ=DAILY", 1, IcsFaultKind.NoStart)]
    [InlineData("UID:1|DTSTART:20240609T030000Z|RRULE:FREQ=DAILY;UNTL=20240610", 4, IcsFaultKind.BadRule)]
    [InlineData("UID:1|DTSTART:20240609T030000Z|DTEND:20240609T020000Z", 1, IcsFaultKind.EndBeforeStart)]
    [InlineData("UID:1|DTSTART:20240609T030000Z|DTEND;VALUE=DATE:20240610", 1, IcsFaultKind.MixedTypes)]
    [InlineData("UID:1|DTSTART;TZID=Nowhere/Land:20240609T030000", 3, IcsFaultKind.UnknownZone)]
    [InlineData("UID:1|DTSTART:20240609T030000Z|DURATION:PT", 4, IcsFaultKind.BadLength)]
    [InlineData(
        "UID:1|DTSTART:20240609T030000Z|RDATE;VALUE=PERIOD:20240610T030000Z/PT1H",
        4,
        IcsFaultKind.NotSupported
    )]
    [InlineData(
        "UID:1|DTSTART:20240609T030000Z|RECURRENCE-ID;RANGE=THISANDFUTURE:20240609T030000Z",
        4,
        IcsFaultKind.NotSupported
    )]
    [InlineData("UID:1|nothing at all|DTSTART:20240609T030000Z", 3, IcsFaultKind.NoLine)]
    public void Rubbish_is_told_with_its_line_and_never_guessed_at(string lines, int line, IcsFaultKind kind)
    {
        var file = Read(lines);

        var fault = Assert.Single(file.Faults);
        Assert.Equal((line, kind), (fault.Line, fault.Kind));
    }

    [Fact]
    public void A_series_sent_again_replaces_the_older_and_single_times_are_moved_or_called_off()
    {
        var file = Read(
            "UID:1|SEQUENCE:0|SUMMARY:old|DTSTART:20240701T030000Z|RRULE:FREQ=WEEKLY;COUNT=9",
            "UID:1|SEQUENCE:2|SUMMARY:new|DTSTART:20240701T030000Z|RRULE:FREQ=WEEKLY;COUNT=5|EXDATE:20240715T030000Z",
            "UID:1|SEQUENCE:2|RECURRENCE-ID:20240708T030000Z|DTSTART:20240709T040000Z|DURATION:PT5M",
            "UID:1|SEQUENCE:2|RECURRENCE-ID:20240729T030000Z|DTSTART:20240729T030000Z|STATUS:CANCELLED"
        );

        Assert.Empty(file.Faults);
        Assert.Equal("new", file.Events.Single().Summary);
        Assert.Equal("20240701T0300 20240709T0400 20240722T0300", Times(file));
        Assert.Equal("20240709T0400", Times(Read("UID:2|RECURRENCE-ID:20240708T030000Z|DTSTART:20240709T040000Z")));
    }

    [Fact]
    public void Text_is_folded_by_octets_and_escaped_and_comes_back()
    {
        var series = new EventSeries
        {
            Start = new(2026, 12, 1, 5, 30, 0),
            Length = TimeSpan.FromMinutes(25),
            Zone = here,
            Rules = [DayRule.Read("FREQ=DAILY"), DayRule.Read("LUNAR;DAY=15")],
            LeftOut = [new(2026, 12, 3, 5, 30, 0)],
            Moved = [new(new(2026, 12, 4, 5, 30, 0), new(2026, 12, 4, 6, 0, 0), TimeSpan.FromMinutes(5))],
        };
        const string summary =
            "Thời sự; xã Lộc Tấn, \\ ấp 1\nTuyên truyền phòng, chống cháy rừng mùa khô – phát lại từ đài tỉnh";
        var text = IcsWriter.Write(
            [new("a", summary, series)],
            "-//loa//test//",
            new(2026, 12, 1, 0, 0, 0, TimeSpan.Zero)
        );
        var back = IcsReader.Read(Encoding.UTF8.GetBytes(text), TimeZoneInfo.Utc);

        Assert.All(text.Split("\r\n"), line => Assert.True(Encoding.UTF8.GetByteCount(line) <= 75, line));
        Assert.Empty(back.Faults);
        Assert.Equal(summary, back.Events.Single().Summary);
        var (from, to) = (
            new DateTimeOffset(2026, 12, 1, 0, 0, 0, TimeSpan.Zero),
            new DateTimeOffset(2027, 3, 1, 0, 0, 0, TimeSpan.Zero)
        );
        Assert.Equal(series.Between(from, to), back.Events.Single().Series.Between(from, to));
        // What we write is whole for another library.
        Assert.Equal(summary, Ical.Net.Calendar.Load(text)!.Events[0]!.Summary);
        Assert.Contains(Ical.Net.Calendar.Load(text)!.TimeZones, z => z.TzId == "Asia/Ho_Chi_Minh");
    }

    [Fact]
    public void Other_encodings_are_known_by_their_first_bytes_and_anything_is_answered()
    {
        const string text =
            "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART:20240609T030000Z\r\nSUMMARY:Tết\r\nEND:VEVENT\r\nEND:VCALENDAR";
        byte[] wide = [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(text)];
        Assert.Equal("Tết", IcsReader.Read(wide, here).Events.Single().Summary);

        var random = new Random(7);
        var plain = Encoding.UTF8.GetBytes(
            text.Replace(
                "SUMMARY",
                "RRULE:FREQ=MONTHLY;BYDAY=-1FR\r\nDURATION:P1DT2H\r\nEXDATE",
                StringComparison.Ordinal
            )
        );
        for (var i = 0; i < 20_000; i++)
        {
            var spoiled = plain.ToArray();
            for (var n = random.Next(1, 6); n > 0; n--)
                spoiled[random.Next(spoiled.Length)] = (byte)random.Next(256);
            var file = IcsReader.Read(spoiled, here);
            Assert.All(
                file.Events,
                e => e.Series.Between(new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero), new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero))
            );
        }
        Assert.Equal(IcsFaultKind.NoCalendar, IcsReader.Read("hello:there"u8, here).Faults.Single().Kind);
        Assert.Equal(IcsFaultKind.TooLong, IcsReader.Read(new byte[5_000_000], here).Faults.Single().Kind);
    }

    static IcsFile Read(params string[] events) =>
        IcsReader.Read(
            Encoding.UTF8.GetBytes(
                string.Concat(
                    events.Select(e =>
                        $"BEGIN:VEVENT\r\n{e.Replace("|", "\r\n", StringComparison.Ordinal)}\r\nEND:VEVENT\r\n"
                    )
                )
            ),
            here
        );

    static string Times(IcsFile file) =>
        string.Join(
            ' ',
            file.Events.Single()
                .Series.Between(new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero), new(2040, 1, 1, 0, 0, 0, TimeSpan.Zero))
                .Select(t => t.Start.UtcDateTime.ToString("yyyyMMdd'T'HHmm", CultureInfo.InvariantCulture))
        );
}
