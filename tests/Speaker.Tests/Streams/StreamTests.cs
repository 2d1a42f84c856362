using Loa.Air;
using Loa.Audio;
using Loa.Jose;
using Loa.Speaker.InABox;
using Loa.Speaker.Store;

namespace Loa.Speaker.Streams;

/// <summary>What is heard of a station that is passed on, sample by sample.</summary>
public sealed class StreamTests
{
    static readonly DateTimeOffset noon = new(2026, 11, 22, 5, 0, 0, TimeSpan.Zero);

    readonly HeldMachine machine = new(noon);
    readonly Owner owner = new(noon);
    readonly Hut hut;
    readonly Studio studio;

    public StreamTests()
    {
        hut = new Hut(owner, machine, new PowerCutDisk(Leaves.Everything)).KnowingTheTime();
        hut.Guard.Learn([owner.RelayDelegation]);
        studio = new Studio(noon.AddMinutes(-1), owner.Unit, owner.Server);
    }

    [Fact]
    public async Task Each_sample_sounds_at_its_moment_and_the_item_ends_with_its_time()
    {
        var sound = (await Recorded.Make(4)).Source;
        var item = Relay(noon.AddSeconds(1), TimeSpan.FromSeconds(2));
        Hear(studio.Send(sound, noon.AddMilliseconds(500)));
        var tape = new Tape(hut, machine);

        await tape.Run(TimeSpan.FromSeconds(4));

        Matches(sound.From(TimeSpan.FromMilliseconds(500)), tape.Between(item.Start, item.Until));
        Assert.All(tape.Between(noon, item.Start).Samples, sample => Assert.Equal(0, sample));
        Assert.All(tape.Between(item.Until, noon.AddSeconds(4)).Samples, sample => Assert.Equal(0, sample));
        var record = hut.Of(item);
        Assert.Equal((PlayOutcome.Played, null, null), (record.Outcome, record.Reason, record.Bulletin));
        Assert.Equal(TimeSpan.Zero, record.Late);
    }

    [Fact]
    public async Task What_does_not_come_is_silent_and_what_comes_after_it_is_not_late()
    {
        var sound = (await Recorded.Make(6)).Source;
        var item = Relay(noon.AddSeconds(1), TimeSpan.FromSeconds(5.5));
        var groups = studio.Send(sound, noon.AddSeconds(1));
        Hear([.. groups.Take(5), .. groups.Skip(20)]);
        var tape = new Tape(hut, machine);

        await tape.Run(TimeSpan.FromSeconds(7));

        Assert.All(
            tape.Between(item.Start.AddSeconds(1.2), item.Start.AddSeconds(3.9)).Samples,
            sample => Assert.Equal(0, sample)
        );
        Matches(sound.From(TimeSpan.FromSeconds(4.1)), tape.Between(item.Start.AddSeconds(4.1), item.Until));
        Assert.InRange(hut.Of(item).Silent!.Value.TotalSeconds, 2.7, 3);
    }

    [Fact]
    public async Task What_another_key_signed_is_not_heard_and_something_else_sounds()
    {
        var sound = (await Recorded.Make(3)).Source;
        var item = Relay(noon.AddSeconds(1), TimeSpan.FromSeconds(8));
        Hear(studio.Send(sound, noon.AddSeconds(1), by: owner.Officer));
        var tape = new Tape(hut, machine);

        await tape.Run(TimeSpan.FromSeconds(10));

        Assert.Equal((PlayOutcome.Missed, "media.unreachable"), (hut.Of(item).Outcome, hut.Of(item).Reason));
        Assert.Equal(Fallback.Tone, hut.Of(item).Instead);
    }

    [Fact]
    public async Task A_station_that_ends_ends_its_item()
    {
        var sound = (await Recorded.Make(1)).Source;
        var item = Relay(noon.AddSeconds(1), TimeSpan.FromMinutes(10));
        Hear(studio.Send(sound, noon.AddSeconds(1), isLast: true));
        var tape = new Tape(hut, machine);

        await tape.Run(TimeSpan.FromSeconds(3));

        var record = hut.Of(item);
        Assert.Equal((PlayOutcome.Played, null), (record.Outcome, record.Reason));
        Assert.InRange((record.End - record.Start)!.Value.TotalSeconds, 0.99, 1.01);
    }

    [Fact]
    public async Task After_an_emergency_it_goes_on_where_the_station_is()
    {
        var sound = (await Recorded.Make(6)).Source;
        var alarm = await Recorded.Make(1, seed: 7);
        hut.Store(alarm);
        var emergency = owner.Approve(alarm, AirClass.Emergency);
        var item = Item(noon.AddSeconds(1), TimeSpan.FromSeconds(5)) with { Resume = true };
        var urgent = new TimetableItem(
            Guid.CreateVersion7(),
            Guid.CreateVersion7(),
            Jws.Digest(emergency),
            AirClass.Emergency,
            noon.AddSeconds(3),
            noon.AddSeconds(9)
        );
        hut.Order([item, urgent], [studio.Text, emergency]);
        Hear(studio.Send(sound, noon.AddSeconds(1)));
        var tape = new Tape(hut, machine);

        await tape.Run(TimeSpan.FromSeconds(7));

        Matches(alarm.Source, tape.Between(urgent.Start, urgent.Start.AddSeconds(1)));
        Matches(sound.From(TimeSpan.FromSeconds(3.2)), tape.Between(noon.AddSeconds(4.2), item.Until));
    }

    [Fact]
    public async Task Two_items_in_turn_hear_one_stream_without_a_gap()
    {
        var sound = (await Recorded.Make(5)).Source;
        var (first, second) = (
            Item(noon.AddSeconds(1), TimeSpan.FromSeconds(2)),
            Item(noon.AddSeconds(3), TimeSpan.FromSeconds(2))
        );
        hut.Order([first, second], [studio.Text]);
        Hear(studio.Send(sound, noon.AddSeconds(1)));
        var tape = new Tape(hut, machine);

        await tape.Run(TimeSpan.FromSeconds(6), _ => hut.Listening.Wanted());

        Matches(sound, tape.Between(first.Start, first.Until));
        Matches(sound.From(TimeSpan.FromSeconds(2)), tape.Between(second.Start, second.Until));
        Assert.Equal((TimeSpan.Zero, TimeSpan.Zero), (hut.Of(first).Late, hut.Of(second).Late));
    }

    [Fact]
    public void A_station_that_was_not_delegated_is_refused()
    {
        var item = Item(noon.AddSeconds(1), TimeSpan.FromSeconds(5));
        var text = (studio.Stream with { Station = "another" }).Sign(owner.Server);
        item = item with { Release = Jws.Digest(text) };

        hut.Order([item], [text]);

        Assert.Equal((PlayOutcome.Refused, Refusal.DelegationStation), (hut.Of(item).Outcome, hut.Of(item).Reason));
    }

    TimetableItem Relay(DateTimeOffset start, TimeSpan length)
    {
        var item = Item(start, length);
        hut.Order([item], [studio.Text]);
        return item;
    }

    TimetableItem Item(DateTimeOffset start, TimeSpan length) =>
        new(
            Guid.CreateVersion7(),
            Guid.CreateVersion7(),
            Jws.Digest(studio.Text),
            AirClass.Ordinary,
            start,
            start + length,
            Content: "relay"
        );

    void Hear(IReadOnlyList<byte[]> groups)
    {
        Assert.Equal([studio.Stream.Id], hut.Listening.Wanted());
        foreach (var group in groups)
            hut.Listening.Take(studio.Stream.Id, group);
    }

    static void Matches(Sound source, Sound heard)
    {
        var match = Correlation.Best(heard, source, TimeSpan.FromMilliseconds(20));
        Assert.InRange(match.Coefficient, 0.95, 1);
        Assert.InRange(Math.Abs(match.Lag.TotalMilliseconds), 0, 0.1);
    }
}
