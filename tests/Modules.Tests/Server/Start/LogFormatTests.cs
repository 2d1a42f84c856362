using System.Net;
using System.Net.Sockets;
using System.Text;
using Loa.Air;
using Loa.Devices;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Loa.Server.Start;

[Collection(nameof(DeviceServer))]
public sealed class LogFormatTests(DeviceServer server)
{
    [Theory]
    [InlineData("loa\nfail: Loa.Server[0] all is lost")]
    [InlineData("loa\r\n\tfail")]
    [InlineData("\u001b[2J\u001b[31mred")]
    [InlineData("\u202Eback\u2066 \u2028next\u2029 \u0085 \u200B")]
    [InlineData("\0\a\b")]
    public void Whatever_a_stranger_wrote_is_one_line_and_moves_no_screen(string text)
    {
        var written = Written(new(LogLevel.Warning, "Loa", text, new InvalidOperationException(text)));
        var lines = written.TrimEnd('\n').Split('\n');

        Assert.StartsWith("warn: Loa[0] ", lines[0], StringComparison.Ordinal);
        Assert.All(lines[1..], line => Assert.StartsWith("\t", line, StringComparison.Ordinal));
        Assert.DoesNotContain(
            written,
            sign =>
                sign is not ('\n' or '\t')
                && (char.IsControl(sign) || sign is '\u202E' or '\u2066' or '\u2028' or '\u2029' or '\u200B')
        );
    }

    [Fact]
    public void What_people_write_stays_as_it_is() =>
        Assert.Equal(
            "info: Loa[0] Xã Lộc Tấn “loa” 📢\n",
            Written(new(LogLevel.Information, "Loa", "Xã Lộc Tấn “loa” 📢", null))
        );

    [Fact]
    public async Task Topics_names_and_addresses_make_no_line_of_their_own()
    {
        await using var speaker = await server.Connected();
        await Assert.ThrowsAnyAsync<Exception>(() =>
            speaker.Publish($"{Topics.Of(speaker.Id, AirTopic.OutState)}\nfail: forged", "{}"u8.ToArray())
        );
        await Assert.ThrowsAnyAsync<Exception>(() => speaker.Say(AirTopic.OutState, "{\"\\u001b[2J\":}"u8.ToArray()));
        using (var raw = new RawClient())
            await raw.Connect(speaker.Mqtt, "a\nfail: forged\u001b[2J", "a\nb", "c\nd", 30);
        using (var request = new HttpRequestMessage(HttpMethod.Get, "/bulletins/x%0Afail:%20forged%1B[2J"))
        {
            request.Headers.TryAddWithoutValidation("User-Agent", "\u001b[2Jforged");
            using var answer = await server.Technician.SendAsync(request);
        }

        foreach (var line in server.Running.Said.All)
        {
            var written = Written(line);
            Assert.DoesNotContain('\u001b', written);
            Assert.All(
                written.TrimEnd('\n').Split('\n')[1..],
                more => Assert.StartsWith("\t", more, StringComparison.Ordinal)
            );
        }
    }

    static string Written(LogLine line)
    {
        var text = new StringWriter(new StringBuilder()) { NewLine = "\n" };
        new LogFormat().Write(
            new LogEntry<string>(line.Level, line.Category, 0, line.Text, line.Exception, (state, _) => state),
            null,
            text
        );
        return text.ToString();
    }
}
