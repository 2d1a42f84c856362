using System.Collections.Concurrent;
using Loa.Air;
using Loa.Jose;
using Loa.Speaker.InABox;
using Loa.Speaker.Store;

namespace Loa.Speaker.Playing;

/// <summary>The loop itself, at the pace of the wall clock, into WAV files.</summary>
[Collection(nameof(Alone))]
public sealed class WallClockTests(ITestOutputHelper output)
{
    readonly Owner owner = new(TimeProvider.System.GetUtcNow());
    readonly string folder = Directory.CreateTempSubdirectory("loa-wall-").FullName;

    [Fact]
    public async Task Items_begin_at_their_instants()
    {
        var sound = await Recorded.Make(0.2);
        var hut = new Hut(owner, TimeProvider.System, new PowerCutDisk(Leaves.Everything)).KnowingTheTime();
        hut.Store(sound);
        var release = owner.Approve(sound);
        var first = TimeProvider.System.GetUtcNow().AddMilliseconds(700);
        var items = Enumerable.Range(0, 20).Select(i => Item(release, first.AddMilliseconds(230 * i))).ToArray();
        hut.Order(items, [release]);
        var watched = new Watched(new WavOutput(folder, perHorn: false), TimeProvider.System);

        await Play(hut, watched, () => hut.Records.Last >= items.Length);

        // On a machine that stalls an item enters where it would be by then; what it says there must be right to the moment.
        var errors = items
            .Select(item => watched.Heard[$"{item.Id:d}-1"] - item.Start - hut.Of(item).Offset!.Value)
            .Select(error => Math.Abs(error.TotalMilliseconds))
            .Order()
            .ToArray();
        var whole = items.Where(item => hut.Of(item).Offset == TimeSpan.Zero).ToArray();
        output.WriteLine(
            $"start error p50 {errors[10]:f3} p99 {errors[^1]:f3} ms, {whole.Length} of {items.Length} whole"
        );
        Assert.InRange(errors[10], 0, 10);
        Assert.InRange(errors[^1], 0, 50);
        Assert.All(hut.Written, record => Assert.Equal(PlayOutcome.Played, record.Outcome));
        Assert.InRange(whole.Length, items.Length / 2, items.Length);
        foreach (var item in whole)
            Assert.InRange(Heard.Likeness(sound.Source, Path.Combine(folder, $"{item.Id:d}-1.wav")), 0.95, 1);
    }

    [Theory]
    [InlineData("echo heard; exit 0", true, "0 heard")]
    [InlineData("head -c 1000000 /dev/zero | tr '\\0' x; exit 3", false, "3 xxx")]
    public async Task A_microphone_is_asked_while_a_tone_sounds(string script, bool good, string detail)
    {
        var hut = new Hut(owner, TimeProvider.System, new PowerCutDisk(Leaves.Everything));
        var player = Player(hut, new WavOutput(folder, perHorn: false));

        var check = await new MicrophoneTest(player, "/bin/sh", ["-c", script], TimeProvider.System).Run(default);
        var busy = await new MicrophoneTest(player, "/bin/true", [], TimeProvider.System).Run(default);

        Assert.Equal(good, check.Good);
        Assert.StartsWith(detail, check.Detail, StringComparison.Ordinal);
        Assert.InRange(check.Detail!.Length, 1, 300);
        Assert.Equal(new SelfCheck("microphone", false, "busy"), busy);
    }

    [Fact]
    public async Task A_microphone_program_that_is_not_there_is_said_to_be_missing()
    {
        var hut = new Hut(owner, TimeProvider.System, new PowerCutDisk(Leaves.Everything));
        var player = Player(hut, new WavOutput(folder, perHorn: false));

        var check = await new MicrophoneTest(player, "/no/such/program", [], TimeProvider.System).Run(default);

        Assert.False(check.Good);
        Assert.NotNull(check.Detail);
    }

    static Player Player(Hut hut, IOutput output) => new(hut.Deck, output, hut.Volume, hut.Wake, hut.Clock, hut.Log);

    static async Task Play(Hut hut, IOutput output, Func<bool> isDone)
    {
        using var stop = new CancellationTokenSource();
        using var enough = new CancellationTokenSource(TimeSpan.FromSeconds(20), TimeProvider.System);
        var player = Player(hut, output);
        var running = Task.Run(() => player.Run(stop.Token));
        while (!isDone())
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, enough.Token);
        await stop.CancelAsync();
        try
        {
            await running;
        }
        catch (OperationCanceledException)
        {
            Assert.True(stop.IsCancellationRequested);
        }
    }

    static TimetableItem Item(string release, DateTimeOffset start) =>
        new(
            Guid.CreateVersion7(),
            Guid.CreateVersion7(),
            Jws.Digest(release),
            AirClass.Ordinary,
            DateTimeOffset.FromUnixTimeMilliseconds(start.ToUnixTimeMilliseconds()),
            start.AddSeconds(20)
        );

    /// <summary>Looks at the wall clock whenever a name begins to be heard.</summary>
    sealed class Watched(IOutput inner, TimeProvider clock) : IOutput
    {
        public ConcurrentDictionary<string, DateTimeOffset> Heard { get; } = new();

        public bool IsHeard => true;

        public ITrack Open(int horns, TimeProvider pace) => new Track(inner.Open(horns, pace), this, clock);

        sealed class Track(ITrack inner, Watched watched, TimeProvider clock) : ITrack
        {
            public int Channels => inner.Channels;

            public TimeSpan Delay => inner.Delay;

            public void Name(string? name)
            {
                if (name is not null)
                    watched.Heard[name] = clock.GetUtcNow() + inner.Delay;
                inner.Name(name);
            }

            public void Write(ReadOnlySpan<short> pcm) => inner.Write(pcm);

            public void Finish() => inner.Finish();

            public void Dispose() => inner.Dispose();
        }
    }
}
