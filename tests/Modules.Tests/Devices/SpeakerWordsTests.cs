using System.Globalization;
using Loa.Air;
using Loa.Devices.Commands;
using Loa.Devices.Health;
using Loa.Kernel;

namespace Loa.Devices;

[AnyEngine]
public sealed class SpeakerWordsTests
{
    [Theory]
    [InlineData("storage", true, "76016386048", "70,8 GB")]
    [InlineData("clock", true, "2026-11-28T09:27:51Z ±10 ms", "28/11/2026 16:27:51")]
    [InlineData("media", true, "5/5", "(5/5)")]
    public void A_self_test_tells_sizes_and_times_as_people_write_them(string name, bool good, string told, string read)
    {
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("vi-VN");
        var said = FoundCheck.Of(new SelfCheck(name, good, told));
        Assert.Contains(read, said, StringComparison.Ordinal);
        Assert.DoesNotContain("Z ±", said, StringComparison.Ordinal);
    }

    [Fact]
    public void A_self_test_tells_no_id()
    {
        var id = Guid.CreateVersion7().ToString();
        var said = FoundCheck.Of(new SelfCheck("output", Good: true, id));
        Assert.DoesNotContain(id, said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData(72, "đúng giờ")]
    [InlineData(-900_000, "đúng giờ")]
    [InlineData(2_500, "2,5 giây")]
    [InlineData(143_588, "2 phút 24 giây")]
    public void A_delay_is_told_in_minutes_and_seconds(int? milliseconds, string? told)
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("vi-VN");
        Assert.Equal(told, Amounts.Late(milliseconds));
    }

    [Fact]
    public void A_line_of_the_log_has_the_time_of_the_place_and_what_is_no_line_stays_as_it_came()
    {
        var text = """
            {"at":"2026-11-28T09:27:51.120Z","serial":"DEMO-1","event":"play.start","late":12}
            {"at":"2026-11-28T09:27:52.120Z","event":"command-refused","item":"01a22179-3a2a-7fe7-bac0-fb5ae0e46e8d","reason":"command.expired","until":"2026-11-28T10:00:00Z"}
            {"at":"2026-11-28T09:27:53Z","serial":"DEMO-1","event":"command","name":"volume","version":3,"digest":"00ff"}
            {"at":"2026-11
            <b>?
            """;
        var part = new LogPart
        {
            CommandId = Guid.CreateVersion7(),
            Part = 1,
            SpeakerId = Guid.CreateVersion7(),
            Text = text.ReplaceLineEndings("\n"),
            At = DateTimeOffset.UnixEpoch,
        };
        var refused = $"{Words.Get("log.command-refused")}  {Words.Get("reason.command.expired")}";
        var command = $"{Words.Get("log.command")}  lệnh: {Words.Get("command.volume")}  bản: 3";
        Assert.Equal(
            $"28/11/2026 16:27:51  play.start  late: 12\n28/11/2026 16:27:52  {refused}  until: 28/11/2026 17:00:00\n28/11/2026 16:27:53  {command}\n{{\"at\":\"2026-11\n<b>?",
            ReadableLog.Of([part])
        );
    }
}
