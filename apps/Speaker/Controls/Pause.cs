using System.Globalization;
using Loa.Speaker.Store;

namespace Loa.Speaker.Controls;

/// <summary>An operator's wish for quiet, kept over a power cut; it ends by itself, so that a forgotten one is not silence for ever.</summary>
sealed class Pause(Journal journal, TimeProvider clock)
{
    static readonly TimeSpan longest = TimeSpan.FromHours(2);

    readonly Lock gate = new();
    DateTimeOffset end = Stored(journal.Text(JournalKeys.Pause));
    TimeSpan length = longest;
    long began = clock.GetTimestamp();

    /// <summary>When it ends; null when there is none.</summary>
    public DateTimeOffset? End
    {
        get
        {
            lock (gate)
            {
                // A clock that is put back does not make it longer, one that is wrong at the start not endless.
                var now = clock.GetUtcNow();
                var isOn = now < end && end - now <= longest && clock.GetElapsedTime(began) < length;
                return isOn ? end : null;
            }
        }
    }

    /// <summary>What must be remembered before <see cref="Begin"/>.</summary>
    public void Note(TimeSpan wanted, WriteBatch changes) =>
        changes.Put(JournalKeys.Pause, $"{(clock.GetUtcNow() + wanted).ToUnixTimeMilliseconds()}");

    /// <summary>What must be remembered before <see cref="Finish"/>.</summary>
    public static void NoteEnd(WriteBatch changes) => changes.Forget(JournalKeys.Pause);

    public void Begin(TimeSpan wanted)
    {
        lock (gate)
            (end, length, began) = (clock.GetUtcNow() + wanted, wanted, clock.GetTimestamp());
    }

    public void Finish()
    {
        lock (gate)
            end = default;
    }

    static DateTimeOffset Stored(string? text) =>
        long.TryParse(text, CultureInfo.InvariantCulture, out var milliseconds)
            ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
            : default;
}
