using Loa.Cluster;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Npgsql;

namespace Loa.Kernel;

public sealed class BackgroundWorkTests
{
    static readonly Exception away = new NpgsqlException("refused", new System.Net.Sockets.SocketException(111));
    static readonly CancellationToken never = CancellationToken.None;

    readonly HeldClock clock = new();
    readonly List<SaidLines.Line> lines = [];
    readonly Outages outages;
    readonly BackgroundWork<One> one;
    readonly BackgroundWork<Other> other;

    public BackgroundWorkTests()
    {
        outages = new(clock, new SaidLines<Outages> { Lines = lines });
        one = new(outages, new OnlyNode(), clock, new SaidLines<One> { Lines = lines });
        other = new(outages, new OnlyNode(), clock, new SaidLines<Other> { Lines = lines });
    }

    [Fact]
    public async Task An_outage_is_said_once_for_all_work_and_once_when_all_of_it_goes_again()
    {
        for (var attempt = 0; attempt < 10; attempt++)
        {
            Assert.False(await one.Try(_ => throw away, never));
            Assert.False(await other.Try(_ => throw away, never, "a part"));
            clock.Now += TimeSpan.FromSeconds(2);
        }
        Assert.Equal(LogLevel.Error, Assert.Single(lines).Level);

        Assert.True(await one.Try(_ => Task.CompletedTask, never));
        Assert.Single(lines);
        Assert.True(outages.Is(OutageKind.DatabaseAway));

        Assert.True(await other.Try(_ => Task.CompletedTask, never, "a part"));
        Assert.False(outages.Is(OutageKind.DatabaseAway));
        Assert.Equal("Outage, DatabaseAway, is over after 00:00:20; 20 attempts of 2 works failed", lines[1].Text);
        Assert.True(await one.Try(_ => Task.CompletedTask, never));
        Assert.Equal(2, lines.Count);
    }

    [Fact]
    public async Task Work_that_tries_no_more_keeps_no_outage_open()
    {
        await one.Try(_ => throw away, never);
        await other.Try(_ => throw away, never);
        clock.Now += TimeSpan.FromMinutes(3);
        await one.Try(_ => Task.CompletedTask, never);
        Assert.False(outages.Is(OutageKind.DatabaseAway));
    }

    [Fact]
    public async Task What_has_to_be_done_is_tried_until_it_went()
    {
        var steps = new FakeTimeProvider();
        var (attempts, work) = (
            0,
            new BackgroundWork<One>(outages, new OnlyNode(), steps, new SaidLines<One> { Lines = lines })
        );
        var done = work.Until(_ => ++attempts < 3 ? throw new InvalidOperationException() : Task.CompletedTask, never);

        steps.Advance(Outages.Soon);
        Assert.False(done.IsCompleted);
        steps.Advance(Outages.Soon);
        await done;
        Assert.Equal(3, attempts);
    }

    [Fact]
    public async Task A_full_disk_and_a_database_that_is_away_are_two_outages()
    {
        await one.Try(_ => throw away, never);
        await one.Try(_ => throw new NoRoomException(), never);
        Assert.Equal(2, lines.Count);
        await one.Try(_ => Task.CompletedTask, never);
        Assert.Equal(4, lines.Count);
    }

    [Fact]
    public async Task A_bug_is_said_with_its_trace_once_and_another_bug_too()
    {
        for (var attempt = 0; attempt < 5; attempt++)
            await one.Try(_ => throw new InvalidOperationException($"no. {attempt}"), never);
        await one.Try(_ => throw new FormatException(), never);
        Assert.Equal(2, lines.Count);
        Assert.Equal("no. 0", lines[0].Exception?.Message);

        await one.Try(_ => Task.CompletedTask, never);
        Assert.Equal("One goes again after 00:00:00 and 6 attempts that failed", lines[^1].Text);

        await one.Try(_ => throw new FormatException(), never);
        Assert.Equal(4, lines.Count);
    }

    [Fact]
    public async Task Who_is_told_to_stop_has_not_failed()
    {
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => one.Try(c => Task.FromCanceled(c), stop.Token));
        Assert.Empty(lines);
    }

    sealed class One;

    sealed class Other;

    /// <summary>A clock that is held.</summary>
    sealed class HeldClock : TimeProvider
    {
        public TimeSpan Now { get; set; } = TimeSpan.FromDays(1);

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now.Ticks;
    }
}
