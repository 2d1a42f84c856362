using System.Text;

namespace Loa.Air;

public sealed class TopicsTests
{
    [Fact]
    public void Every_topic_is_parsed_back_from_text_and_from_bytes()
    {
        foreach (var topic in Enum.GetValues<AirTopic>())
        {
            var name = Topics.Of(Some.Speaker, topic);

            Assert.True(Topics.TryParse(name, out var speaker, out var parsed));
            Assert.Equal((Some.Speaker, topic), (speaker, parsed));
            Assert.True(Topics.TryParse(Encoding.UTF8.GetBytes(name), out speaker, out parsed));
            Assert.Equal((Some.Speaker, topic), (speaker, parsed));
            Assert.Equal(name.Contains("/in/"), Topics.IsIn(topic));
        }
    }

    [Fact]
    public void Names_are_what_the_protocol_says()
    {
        Assert.Equal($"loa/{Some.Speaker}/in/timetable", Topics.Of(Some.Speaker, AirTopic.InTimetable));
        Assert.Equal($"loa/{Some.Speaker}/out/receipt", Topics.Of(Some.Speaker, AirTopic.OutReceipt));
        Assert.Equal($"loa/{Some.Speaker}/in/time", Topics.Of(Some.Speaker, AirTopic.InTime));
        Assert.Equal($"loa/{Some.Speaker}/out/health", Topics.Of(Some.Speaker, AirTopic.OutHealth));
        Assert.Equal($"loa/{Some.Speaker}/out/log", Topics.Of(Some.Speaker, AirTopic.OutLog));
        Assert.Equal($"loa/{Some.Speaker}/in/+", Topics.AllIn(Some.Speaker));
    }

    [Theory]
    [InlineData("")]
    [InlineData("loa/")]
    [InlineData("loa/01900000-0000-7000-8000-0000000000a1")]
    [InlineData("loa/01900000-0000-7000-8000-0000000000a1/in/shell")]
    [InlineData("loa/01900000-0000-7000-8000-0000000000A1/in/ack")]
    [InlineData("loa/01900000-0000-7000-8000-0000000000a1/in/ack/")]
    [InlineData("loa/+/in/ack")]
    [InlineData("loa/0190000000007000800000000000000000a1/in/ack")]
    [InlineData("LOA/01900000-0000-7000-8000-0000000000a1/in/ack")]
    [InlineData("loa/01900000-0000-7000-8000-0000000000a1/in/timetable-and-much-more-than-any-name")]
    public void Other_names_are_nobodys(string name)
    {
        Assert.False(Topics.TryParse(name, out _, out _));
        Assert.False(Topics.TryParse(Encoding.UTF8.GetBytes(name), out _, out _));
    }
}
