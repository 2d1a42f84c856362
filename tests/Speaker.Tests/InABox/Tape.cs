using Loa.Audio;
using Loa.Speaker.Playing;

namespace Loa.Speaker.InABox;

/// <summary>Drives a speaker frame by frame while a held machine's time passes, and keeps every sample that went out.</summary>
sealed class Tape(Hut hut, HeldMachine machine, int channels = 1)
{
    static readonly TimeSpan frame = TimeSpan.FromMilliseconds(10);

    readonly Mixer mixer = new(hut.Volume, channels);
    readonly List<short> samples = [];

    public DateTimeOffset Began { get; } = hut.Clock.GetUtcNow();

    public IReadOnlyList<short> Samples => samples;

    /// <summary>One horn, as a sound.</summary>
    public Sound Horn(int channel) =>
        new(
            [.. samples.Where((_, i) => i % channels == channel).Select(value => value / 32768f)],
            OggOpus.SampleRateHz
        );

    /// <summary>What went out between two moments.</summary>
    public Sound Between(DateTimeOffset from, DateTimeOffset to) =>
        new(Horn(0).Samples[Index(from)..Index(to)], OggOpus.SampleRateHz);

    public int Index(DateTimeOffset moment) => (int)Playing.Samples.In(moment - Began);

    public async Task Run(TimeSpan length, Action<DateTimeOffset>? each = null)
    {
        for (var end = hut.Clock.GetUtcNow() + length; hut.Clock.GetUtcNow() < end; )
        {
            each?.Invoke(hut.Clock.GetUtcNow());
            await Frame();
        }
        await hut.Deck.Written;
    }

    async Task Frame()
    {
        var at = hut.Clock.GetUtcNow();
        hut.Deck.Plan(at);
        // In held time the disk is as quick as it is in real time.
        await hut.Deck.Prepared;
        hut.Deck.Start(at, Mixer.Frame);
        samples.AddRange(hut.Deck.Mix(mixer, at));
        machine.Advance(frame);
        hut.Deck.Settle(hut.Clock.GetUtcNow());
        await hut.Deck.Written;
    }
}
