using Loa.Air;

namespace Loa.Broadcasting.Timetable;

/// <summary>The parts of a candidate from a moment on: how long they are, and what a speaker is told of them.</summary>
static class TellParts
{
    extension(AirCandidate candidate)
    {
        /// <summary>At its moment, and as much of it as there is room for.</summary>
        public bool IsInPart => candidate is { Timing: AirTiming.Exact, IsWhole: false };

        /// <summary>From its first sound to the end of its last that is still valid when its turn comes.</summary>
        public TimeSpan LengthFrom(DateTimeOffset start)
        {
            var (end, at) = (start, start);
            foreach (var part in candidate.Parts)
                if (part.ValidTo > at)
                    (end, at) = (at + part.Length, at + part.Length + part.GapAfter);
            return end - start;
        }

        /// <summary>Adds what is told of it, and says when it is over, whether its end is missing and whether a part has expired.</summary>
        public (DateTimeOffset End, bool IsCut, bool IsExpired) Tell(
            DateTimeOffset start,
            DateTimeOffset limit,
            List<ToldItem> told
        )
        {
            var (at, last, isCut, isExpired) = (start, start, false, false);
            for (var i = 0; i < candidate.Parts.Count; i++)
            {
                var part = candidate.Parts[i];
                if (part.ValidTo <= at)
                {
                    isExpired = true;
                    continue;
                }
                var end = at + part.Length;
                if (at < limit)
                {
                    told.Add(candidate.Item(i, at, limit));
                    last = end < limit ? end : limit;
                }
                isCut |= end > limit;
                at = end + part.GapAfter;
            }
            return (last, isCut, isExpired);
        }

        ToldItem Item(int part, DateTimeOffset start, DateTimeOffset limit)
        {
            var end = start + candidate.Parts[part].Length;
            if (candidate.Class == AirClass.Emergency)
                return new(
                    candidate,
                    part,
                    start,
                    candidate.Until > start ? candidate.Until.AddMilliseconds(1) : start.AddMilliseconds(1),
                    IsWhole: true
                );
            if (!candidate.IsWhole)
                return new(candidate, part, start, candidate.GoesOn || end > limit ? limit : end, IsWhole: false);
            // Begun anew or going on after something more pressing, it still ends in time.
            var latest = limit - candidate.Parts[part].Length;
            if (!candidate.GoesOn)
                latest = latest < candidate.Until ? latest : candidate.Until;
            return new(candidate, part, start, (latest > start ? latest : start).AddMilliseconds(1), IsWhole: true);
        }
    }
}
