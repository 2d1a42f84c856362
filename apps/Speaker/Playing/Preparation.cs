using System.Diagnostics;
using Loa.Air;
using Loa.Audio;
using Loa.Speaker.Media;
using Loa.Speaker.Schedule;
using Loa.Speaker.Streams;
using Loa.Speaker.Trust;

namespace Loa.Speaker.Playing;

/// <summary>Makes a sound ready shortly before its moment: asked again whether it may be heard, read whole, and noted as begun.</summary>
sealed class Preparation(
    PlayQueue queue,
    ItemStore items,
    Guard guard,
    MediaShelf shelf,
    Listening listening,
    bool isHeard,
    TimeProvider clock,
    EventLog log
)
{
    // So soft and so short that it means "something is missing" and nothing else.
    static readonly Dictionary<AirClass, TimeSpan> tones = new()
    {
        [AirClass.Ordinary] = TimeSpan.FromSeconds(3),
        [AirClass.Priority] = TimeSpan.FromSeconds(5),
        [AirClass.Emergency] = TimeSpan.FromSeconds(30),
    };

    /// <returns>Null when it may not, or cannot yet, be heard.</returns>
    public Cue? Of(Entry entry)
    {
        var now = clock.GetUtcNow();
        var moment = entry.Item.Start > now ? entry.Item.Start : now;
        if (Judge(entry, moment) is { } refusal)
        {
            items.Refuse(entry.Item, entry.Note, refusal);
            queue.Close(entry);
            return null;
        }
        ISource? source;
        long length;
        try
        {
            if (!TryRead(entry, out source, out length))
            {
                queue.Lost(entry);
                return null;
            }
        }
        catch (ToolMissingException missing)
        {
            log.Tell("output-failed", ("item", entry.Item.Id), ("detail", missing.Message));
            items.Fail(entry, StopReason.Output);
            queue.Close(entry);
            return null;
        }
        items.Begin(entry, moment);
        return new Cue($"{entry.Item.Id:d}-{entry.Note.Tries}", PlayOrder.Rank(entry), length, source, entry);
    }

    string? Judge(Entry entry, DateTimeOffset moment) =>
        entry switch
        {
            RecordedEntry recorded => guard.Item(entry.Item, recorded.ReleaseText, moment).Reason,
            StreamedEntry streamed => guard.Stream(entry.Item, streamed.StreamText, moment).Reason,
            _ => throw new UnreachableException(),
        };

    /// <summary>What sounds in place of an item whose sound is not here: something approved, else a tone, never nothing.</summary>
    public Cue Instead(Entry entry)
    {
        var now = clock.GetUtcNow();
        foreach (var filler in queue.Fillers)
        {
            if (!Suits(filler.Release.Class, entry.Item.Class))
                continue;
            if (guard.Item(filler.Item, filler.ReleaseText, now).Ok && TryRead(filler, out var sound, out var length))
                return Fill(entry, sound, length, Fallback.Filler);
        }
        var tone = ToneSource.Instead(tones[entry.Item.Class]);
        return Fill(entry, isHeard ? tone : null, tone.Length, Fallback.Tone);
    }

    // Music must not stand for an alarm, nor an alarm for music.
    static bool Suits(AirClass filler, AirClass missing) =>
        missing == AirClass.Emergency
            ? filler == AirClass.Emergency
            : filler <= missing && filler != AirClass.Emergency;

    Cue Fill(Entry entry, ISource? source, long length, Fallback what)
    {
        items.Instead(entry, what);
        log.Tell("instead", ("item", entry.Item.Id), ("what", what), ("reason", entry.Obstacle));
        return new Cue($"{entry.Item.Id:d}-{what}", PlayOrder.RankInstead(entry), length, source, entry, what);
    }

    bool TryRead(Entry entry, out ISource? source, out long length)
    {
        if (entry is RecordedEntry recorded)
            return TryRead(recorded, out source, out length);
        var streamed = (StreamedEntry)entry;
        (source, length) = (null, Samples.In(entry.End - entry.Item.Start));
        if (listening.Find(streamed) is not { } buffer)
            return false;
        if (isHeard)
            source = new StreamSource(buffer, Samples.In(entry.Item.Start - streamed.Stream.Start), length);
        return true;
    }

    bool TryRead(RecordedEntry entry, out ISource? source, out long length)
    {
        (source, length) = (null, Samples.In(entry.Release.Duration));
        if (shelf.Read(entry.Release) is not { } file)
            return false;
        if (!isHeard)
            return true;
        if (OggOpus.TryOpen(file, out var sound) != OggFault.None)
            return false;
        (source, length) = (new OpusSource(sound!), sound!.Samples);
        return true;
    }
}
