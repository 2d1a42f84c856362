using FsCheck;
using FsCheck.Fluent;
using Loa.Air;
using Loa.Broadcasting.Airtime;
using Loa.Kernel;

namespace Loa.Broadcasting.Timetable;

/// <summary>Any candidates and policies of a small province, with two hamlets of two communes.</summary>
sealed record SomeAir(AirCandidate[] Candidates, Dictionary<Guid, AirPolicy> Policies, PriorityChoice[] Choices)
{
    static readonly DateTimeOffset Day = VietnamTime.StartOf(new(2026, 12, 1));
    static readonly Guid[] Units = [.. Enumerable.Range(1, 5).Select(i => new Guid(i, 0, 0, new byte[8]))];

    public static readonly AirPlace Here = AirPlace.At(Guid.Empty, [Units[0], Units[1], Units[2]]);
    public static readonly AirPlace There = AirPlace.At(Guid.Empty, [Units[0], Units[3], Units[4]]);

    public AirQuestion Question => Ask(Candidates);

    public AirQuestion Ask(AirCandidate[] candidates) =>
        AirQuestion.Of(
            candidates,
            AirPolicies.Always(Policies),
            Choices,
            VietnamTime.Zone,
            Day.AddDays(-1),
            Day.AddDays(5)
        );

    public static Arbitrary<SomeAir> Any() =>
        (
            from candidates in Candidate().ArrayOf()
            from province in Policy(Units[0])
            from commune in Policy(Units[1])
            from first in Gen.Choose(0, 30)
            from second in Gen.Choose(0, 30)
            select new SomeAir(
                candidates,
                new() { [Units[0]] = province, [Units[1]] = commune },
                candidates.Length > Math.Max(first, second)
                    ? [new(Units[1], candidates[first].Id, candidates[second].Id, Day, Day)]
                    : []
            )
        ).ToArbitrary();

    static Gen<AirCandidate> Candidate() =>
        from number in Gen.Choose(1, int.MaxValue)
        from content in Gen.Choose(1, 6)
        from kind in Gen.Elements(AirClass.Ordinary, AirClass.Ordinary, AirClass.Priority, AirClass.Emergency)
        from timing in Gen.Elements(AirTiming.Now, AirTiming.Exact, AirTiming.Session)
        from level in Gen.Choose(0, 4)
        from minute in Gen.Choose(0, 2 * 24 * 12)
        from wait in Gen.Choose(1, 1440)
        from lengths in Gen.Choose(1, 30).NonEmptyListOf()
        from flags in Gen.Choose(0, 15)
        let start = Day.AddMinutes(minute * 5)
        select new AirCandidate(
            new Guid(number, 0, 0, new byte[8]),
            kind,
            [Units[level]],
            start,
            start.AddMinutes(wait),
            [.. lengths.Take(timing == AirTiming.Now ? 1 : 3).Select(m => Part(content + m, m, start))]
        )
        {
            Timing = timing,
            Level = timing == AirTiming.Now ? 0 : level,
            IsWhole = timing == AirTiming.Now || (flags & 1) > 0,
            GoesOn = timing != AirTiming.Now && (flags & 2) > 0,
            IsLive = timing != AirTiming.Now && flags > 12,
            MayRepeat = (flags & 8) > 0,
        };

    static ProgrammePart Part(int content, int minutes, DateTimeOffset start) =>
        new(
            new Guid(content, 1, 0, new byte[8]),
            TimeSpan.FromMinutes(minutes),
            content % 7 == 0 ? start.AddMinutes(content) : DateTimeOffset.MaxValue,
            TimeSpan.FromSeconds(content % 3)
        );

    static Gen<AirPolicy> Policy(Guid unit) =>
        from hour in Gen.Choose(0, 23)
        from length in Gen.Choose(10, 180)
        from quiet in Gen.Choose(0, 23)
        from days in Gen.Choose(1, 127)
        from flags in Gen.Choose(0, 31)
        select new AirPolicy
        {
            Sessions =
                (flags & 1) > 0
                    ?
                    [
                        new((Weekdays)days, new(hour, 30), TimeSpan.FromMinutes(length), unit),
                        .. AirPolicy.Usual.Sessions!,
                    ]
                    : null,
            Limits = (flags & 2) > 0 ? new(TimeSpan.FromMinutes(length), 2, unit) : null,
            Quiet = (flags & 4) > 0 ? [new((Weekdays)days, new(quiet, 0), TimeSpan.FromMinutes(length), unit)] : [],
            Relays = (flags & 8) > 0 ? [new((Weekdays)days, new(5, 45), TimeSpan.FromMinutes(15), 0, unit)] : [],
            Repeat = (flags & 16) > 0 ? new(1, 1 + (hour % 3), unit) : null,
        };
}
