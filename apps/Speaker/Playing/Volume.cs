using Loa.Speaker.Store;

namespace Loa.Speaker.Playing;

/// <summary>How loud the speaker is, 0 to 100, kept over a power cut.</summary>
sealed class Volume(Notebook notes)
{
    volatile int level = int.TryParse(notes.Text(Notes.Volume), out var stored) ? stored : 100;

    public int Level => level;

    public double Gain => level / 100.0;

    /// <summary>What must be remembered before <see cref="Set"/>.</summary>
    public static void Note(int wanted, Changes changes) => changes.Put(Notes.Volume, $"{wanted}");

    public void Set(int wanted) => level = wanted;
}
