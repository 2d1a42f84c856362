using Loa.Air;

namespace Loa.Broadcasting.Timetable;

/// <summary>
/// What is heard of what a speaker is told, by the speaker's own rule: what is due, the most pressing first; only a higher class
/// cuts in; what was cut begins anew, goes on, or is over, as its item says.
/// </summary>
static class AirSweep
{
    sealed class Course(ToldItem item)
    {
        public ToldItem Item => item;

        // Where it goes on; null when its place in the sound follows from the time.
        public TimeSpan? GoesOnAt { get; set; }

        public bool IsWhole => item.IsWhole || GoesOnAt is not null;

        public DateTimeOffset End
        {
            get
            {
                var end = item.Start + item.Length;
                return IsWhole || item.Until < end ? item.Until : end;
            }
        }

        public TimeSpan OffsetAt(DateTimeOffset moment) => IsWhole ? GoesOnAt ?? TimeSpan.Zero : moment - item.Start;

        public int OrderAgainst(Course other)
        {
            var byClass = other.Item.Candidate.Class.CompareTo(item.Candidate.Class);
            if (byClass != 0)
                return byClass;
            var byStart = item.Start.CompareTo(other.Item.Start);
            if (byStart != 0)
                return byStart;
            var byId = item.Candidate.Id.CompareTo(other.Item.Candidate.Id);
            return byId != 0 ? byId : item.Part.CompareTo(other.Item.Part);
        }
    }

    /// <param name="told">In order of time.</param>
    public static List<HeardStretch> Of(IReadOnlyList<ToldItem> told)
    {
        var coming = told.Select(t => new Course(t)).ToList();
        var (heard, due, next, now) = (
            new List<HeardStretch>(coming.Count),
            new List<Course>(),
            0,
            DateTimeOffset.MinValue
        );
        while (true)
        {
            while (next < coming.Count && coming[next].Item.Start <= now)
                due.Add(coming[next++]);
            due.RemoveAll(c => now >= c.End);
            if (due.Count == 0)
            {
                if (next == coming.Count)
                    return heard;
                now = coming[next].Item.Start;
                continue;
            }
            var playing = due[0];
            foreach (var other in due)
                if (other.OrderAgainst(playing) < 0)
                    playing = other;
            due.Remove(playing);
            now = Play(playing);
        }

        DateTimeOffset Play(Course playing)
        {
            var offset = playing.OffsetAt(now);
            var end = now + playing.Item.Length - offset;
            if (!playing.Item.IsWhole && playing.Item.Until < end)
                end = playing.Item.Until;
            Course? cut = null;
            while (cut is null && next < coming.Count && coming[next].Item.Start < end)
            {
                var other = coming[next];
                if (
                    Precedence.Interrupts(other.Item.Candidate.Class, playing.Item.Candidate.Class)
                    && other.End > other.Item.Start
                )
                    cut = other;
                else
                {
                    due.Add(other);
                    next++;
                }
            }
            var until = cut?.Item.Start ?? end;
            if (until > now)
                heard.Add(new(playing.Item, now, until, offset, cut?.Item));
            // What is to be heard whole and had to wait begins at its beginning.
            foreach (var waiting in due)
                if (
                    waiting.Item.GoesOn
                    && waiting.Item.Start <= until
                    && waiting.Item.Start < until
                    && waiting.End > waiting.Item.Start
                )
                    waiting.GoesOnAt ??= TimeSpan.Zero;
            if (cut is not null && (playing.Item.GoesOn || playing.Item.IsWhole))
            {
                playing.GoesOnAt = playing.Item.GoesOn ? offset + (until - now) : null;
                due.Add(playing);
            }
            return until;
        }
    }
}
