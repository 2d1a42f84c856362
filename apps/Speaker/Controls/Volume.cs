using Loa.Speaker.Store;

namespace Loa.Speaker.Controls;

/// <summary>How loud an operator wants the speaker and each of its horns, 0 to 100, kept over a power cut.</summary>
sealed class Volume
{
    const int Loudest = 100;

    readonly int[] horns;
    int level;

    public Volume(Journal journal, int horns)
    {
        level = Stored(journal.Text(JournalKeys.Volume));
        this.horns = [.. Enumerable.Range(1, horns).Select(horn => Stored(journal.Text(JournalKeys.Horn(horn))))];
    }

    /// <summary>Of the speaker as a whole.</summary>
    public int Level => Volatile.Read(ref level);

    /// <summary>Of each horn, as a share of the whole; the first is horn 1.</summary>
    public IReadOnlyList<int> Horns => [.. horns];

    public bool HasHorn(int horn) => horn >= 1 && horn <= horns.Length;

    /// <summary>What must be remembered before <see cref="Set"/>.</summary>
    /// <param name="horn">From 1; null means the speaker as a whole.</param>
    public static void Note(int wanted, int? horn, WriteBatch changes) =>
        changes.Put(horn is { } one ? JournalKeys.Horn(one) : JournalKeys.Volume, $"{wanted}");

    /// <returns>False when there is no such horn.</returns>
    public bool Set(int wanted, int? horn = null)
    {
        if (horn is not { } one)
            Volatile.Write(ref level, wanted);
        else if (HasHorn(one))
            Volatile.Write(ref horns[one - 1], wanted);
        else
            return false;
        return true;
    }

    /// <summary>The share of full scale for each channel of an output; one channel for all horns follows the loudest.</summary>
    /// <param name="least">See <see cref="Loa.Air.HornShare.LeastHorn"/>.</param>
    public void Fill(Span<double> gains, double least = 0)
    {
        gains.Fill(least);
        for (var horn = 0; horn < horns.Length; horn++)
        {
            var channel = horn % gains.Length;
            gains[channel] = Math.Max(gains[channel], Volatile.Read(ref horns[horn]) / (double)Loudest);
        }
    }

    static int Stored(string? text) => int.TryParse(text, out var stored) ? stored : Loudest;
}
