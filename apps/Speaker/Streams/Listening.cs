using System.Collections.Immutable;
using Loa.Air;
using Loa.Audio;
using Loa.Jose;
using Loa.Speaker.Schedule;

namespace Loa.Speaker.Streams;

/// <summary>Which streams are to be heard here, and what has come of each.</summary>
sealed class Listening(PlayQueue queue, TimeProvider clock, EventLog log)
{
    /// <summary>So long before its item a stream is asked for: a slow line needs some seconds to begin.</summary>
    public static readonly TimeSpan Ahead = TimeSpan.FromSeconds(10);

    // Half a minute.
    const long Furthest = 30L * OggOpus.SampleRateHz;

    static readonly TimeSpan longestPause = TimeSpan.FromMinutes(1);

    ImmutableDictionary<Guid, Ear> ears = ImmutableDictionary<Guid, Ear>.Empty;

    /// <summary>How long the same streams are wanted, if no timetable comes.</summary>
    public TimeSpan Pause
    {
        get
        {
            var now = clock.GetUtcNow();
            var pause = longestPause;
            foreach (var entry in queue.Open.OfType<StreamedEntry>())
            {
                var turn = Wants(entry, now) ? entry.End : entry.Item.Start - Ahead;
                if (turn > now && turn - now < pause)
                    pause = turn - now;
            }
            return pause;
        }
    }

    /// <summary>What is wanted now; of what is wanted no longer nothing is kept.</summary>
    public IReadOnlyCollection<Guid> Wanted()
    {
        var now = clock.GetUtcNow();
        var wanted = queue.Open.OfType<StreamedEntry>().Where(entry => Wants(entry, now)).ToList();
        ears = wanted
            .DistinctBy(entry => entry.Stream.Id)
            .ToImmutableDictionary(
                entry => entry.Stream.Id,
                entry => Known(entry) ?? new Ear(entry.StreamText, entry.Stream)
            );
        return [.. ears.Keys];
    }

    /// <summary>What has come of a stream; null when it is not wanted, or nothing of it has come.</summary>
    public StreamBuffer? Find(StreamedEntry entry) => Known(entry) is { HasCome: true } ear ? ear.Buffer : null;

    /// <summary>A message on a stream's topic. What is not the stream's, or has no moment here, is thrown away.</summary>
    public void Take(Guid stream, ReadOnlySpan<byte> message)
    {
        if (!ears.TryGetValue(stream, out var ear))
            return;
        if (!SoundGroup.TryRead(message, stream, ear.Key, out var group))
        {
            // Told once, or whoever floods the line would flood the log.
            if (!ear.HasLied)
                log.Tell("stream-refused", ("stream", stream), ("bytes", message.Length));
            ear.HasLied = true;
            return;
        }
        var now = clock.GetUtcNow();
        var due = (long)((now - ear.Stream.Start).TotalSeconds * OggOpus.SampleRateHz);
        if (group.Place > due + Furthest)
            return;
        ear.Buffer.Add(group);
        if (!ear.Buffer.HasAfter(due))
            return;
        ear.HasCome = true;
        foreach (var entry in queue.Open.OfType<StreamedEntry>())
        {
            if (entry.Stage == Stage.Waiting && Known(entry) == ear)
                queue.Ready(entry);
        }
    }

    static bool Wants(StreamedEntry entry, DateTimeOffset now) => now >= entry.Item.Start - Ahead && now < entry.End;

    // By its text: two items that name one stream have read it each for itself.
    Ear? Known(StreamedEntry entry) =>
        ears.TryGetValue(entry.Stream.Id, out var ear) && ear.Text == entry.StreamText ? ear : null;

    sealed class Ear(string text, SoundStream stream)
    {
        public string Text => text;

        public SoundStream Stream => stream;

        public PublicKey Key { get; } =
            PublicKey.TryFrom(stream.Jwk, out var key) ? key : throw new ArgumentException("No key of a stream.");

        public StreamBuffer Buffer { get; } = new();

        public bool HasCome { get; set; }

        public bool HasLied { get; set; }
    }
}
