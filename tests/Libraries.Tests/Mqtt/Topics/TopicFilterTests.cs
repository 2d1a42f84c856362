using FsCheck;
using FsCheck.Fluent;

namespace Loa.Mqtt.Topics;

/// <summary>Which topics a filter catches, by the examples of the standard and by comparison of two ways to find them.</summary>
public sealed class TopicFilterTests
{
    [Theory]
    [InlineData("a/b/c", "a/b/c", true)]
    [InlineData("a/b/c", "a/b", false)]
    [InlineData("a/b", "a/b/c", false)]
    [InlineData("sport/tennis/player1/#", "sport/tennis/player1", true)]
    [InlineData("sport/tennis/player1/#", "sport/tennis/player1/score/wimbledon", true)]
    [InlineData("sport/#", "sports", false)]
    [InlineData("#", "a/b", true)]
    [InlineData("#", "$SYS/a", false)]
    [InlineData("+/monitor", "$SYS/monitor", false)]
    [InlineData("$SYS/#", "$SYS/a", true)]
    [InlineData("+", "/finance", false)]
    [InlineData("/+", "/finance", true)]
    [InlineData("+/+", "/finance", true)]
    [InlineData("a/+/c", "a//c", true)]
    [InlineData("a/", "a", false)]
    [InlineData("A", "a", false)]
    public void A_filter_catches_what_the_standard_says(string filter, string topic, bool caught) =>
        Assert.Equal(caught, TopicFilter.Matches(filter, topic));

    [Theory]
    [InlineData("", false)]
    [InlineData("a/#/b", false)]
    [InlineData("a#", false)]
    [InlineData("a+/b", false)]
    [InlineData("#", true)]
    [InlineData("+/a/+/#", true)]
    [InlineData("/", true)]
    [InlineData("a\0b", false)]
    public void A_filter_is_valid_or_not(string filter, bool valid) => Assert.Equal(valid, TopicFilter.IsValid(filter));

    [Fact]
    public void The_index_finds_exactly_the_subscribers_whose_filter_matches()
    {
        var level = Gen.Elements("", "a", "b", "cd", "$x");
        var topics = level.NonEmptyListOf().Where(l => l.Count < 6).Select(levels => string.Join('/', levels));
        var filters = Gen.OneOf(level, Gen.Constant("+"))
            .NonEmptyListOf()
            .Where(l => l.Count < 6)
            .SelectMany(levels => Gen.Elements("", "/#"), (levels, tail) => string.Join('/', levels) + tail)
            .Where(TopicFilter.IsValid);
        var cases = filters.NonEmptyListOf().SelectMany(_ => topics.Where(t => t.Length > 0), (f, t) => (f, t));

        Prop.ForAll(
                cases.ToArbitrary(),
                drawn =>
                {
                    var (chosen, topic) = drawn;
                    var index = new SubscriptionIndex<object>();
                    var subscribers = chosen.Select((filter, n) => (filter, who: (object)$"{n % 3}")).Distinct();
                    var people = subscribers.ToDictionary(s => (s.filter, s.who), s => s.who);
                    foreach (var (filter, who) in people.Keys)
                        index.Add(filter, string.Intern((string)who));
                    foreach (var (filter, who) in people.Keys.Where(k => k.filter.StartsWith('b')))
                        index.Remove(filter, string.Intern((string)who));

                    var found = new HashSet<object>();
                    index.Find(topic, found);
                    var expected = people
                        .Keys.Where(k => !k.filter.StartsWith('b') && TopicFilter.Matches(k.filter, topic))
                        .Select(k => k.who)
                        .ToHashSet();
                    return expected.SetEquals(found);
                }
            )
            .QuickCheckThrowOnFailure();
    }
}
