using System.Diagnostics.CodeAnalysis;

namespace Loa.Speaker.Playing;

/// <summary>What has been mixed to its end and is heard to its end only later, when the output has played it.</summary>
sealed class OnItsWay
{
    readonly List<(PlayingSound PlayingSound, DateTimeOffset End)> list = new(8);

    public bool IsEmpty => list.Count == 0;

    public bool HasEmergency => list.Exists(last => last.PlayingSound.Cue.IsEmergency);

    public void Add(PlayingSound sound, DateTimeOffset end) => list.Add((sound, end));

    /// <summary>Takes out one that has been heard to its end.</summary>
    public bool TryTake(DateTimeOffset now, [NotNullWhen(true)] out PlayingSound? sound, out DateTimeOffset end)
    {
        // Asked with each frame, so nothing is made for the question.
        for (var i = 0; i < list.Count; i++)
        {
            if (list[i].End > now)
                continue;
            (sound, end) = list[i];
            list.RemoveAt(i);
            return true;
        }
        (sound, end) = (null, default);
        return false;
    }
}
