using Loa.Speaker.Store;

namespace Loa.Speaker.Controls;

/// <summary>The power of the amplifier: as an operator wants it, but always on while an emergency sounds.</summary>
/// <param name="power">Switches the real one.</param>
sealed class Amplifier(Journal journal, Action<bool> power)
{
    const string Off = "off";

    readonly Lock gate = new();
    bool wanted = journal.Text(JournalKeys.Amplifier) != Off;
    bool emergency;
    bool? given;

    /// <summary>As an operator wants it.</summary>
    public bool IsOn
    {
        get
        {
            lock (gate)
                return wanted;
        }
    }

    /// <summary>What must be remembered before <see cref="Set"/>.</summary>
    public static void Note(bool on, WriteBatch changes) => changes.Put(JournalKeys.Amplifier, on ? "on" : Off);

    public void Set(bool on)
    {
        lock (gate)
        {
            wanted = on;
            Give();
        }
    }

    /// <summary>An emergency sounds or is about to, or is over; then all is again as an operator left it.</summary>
    public void Emergency(bool sounds)
    {
        lock (gate)
        {
            emergency = sounds;
            Give();
        }
    }

    void Give()
    {
        var on = wanted || emergency;
        if (given == on)
            return;
        given = on;
        power(on);
    }
}
