using FsCheck;
using FsCheck.Fluent;
using Loa.Air;
using Loa.Broadcasting.Airtime;
using Loa.Kernel;

namespace Loa.Broadcasting.Timetable;

/// <summary>Any candidates, policies and choices of a small province, its places, and a change of it all.</summary>
/// <param name="Merged">From this moment on the third place belongs to the first one's commune as well.</param>
sealed record SomeAir(
    AirCandidate[] Candidates,
    Dictionary<Guid, AirPolicy> Policies,
    PriorityChoice[] Choices,
    AirCandidate[] Added,
    AirPolicy NewPolicy,
    int Removed,
    int Merged
)
{
    static readonly DateTimeOffset Day = VietnamTime.StartOf(new(2026, 12, 1));
    static readonly Guid[] Units = [.. Enumerable.Range(1, 5).Select(i => new Guid(i, 0, 0, new byte[8]))];
    static readonly Guid Speaker = new(9, 0, 0, new byte[8]);

    public IReadOnlyList<AirPlace> Places { get; } =
    [
        AirPlace.At(Guid.Empty, [Units[0], Units[1], Units[2]]),
        AirPlace.At(Speaker, [Units[0], Units[1], Units[2]]),
        new(
            Guid.Empty,
            [
                new(DateTimeOffset.MinValue, [Units[0], Units[3], Units[4]]),
                new(Day.AddHours(Merged), [Units[0], Units[1], Units[3], Units[4]]),
            ]
        ),
        AirPlace.At(Guid.Empty, [Units[0], Units[3], Units[4]]),
        AirPlace.At(Guid.Empty, [Units[0], Units[3], Units[4]]) with
        {
            Quiet = [new(Weekdays.Tuesday, new(5, 0), TimeSpan.FromMinutes(10 + Merged), Speaker)],
        },
    ];

    /// <summary>What is decided for each place; each law asks for it.</summary>
    public IReadOnlyList<PlaceAir> Decided => decided ??= [.. Places.Select(place => Timeline.Of(place, Question))];

    PlaceAir[]? decided;

    public AirQuestion Question { get; } = Ask(Candidates, AirPolicies.Always(Policies), Choices);

    public AirQuestion Shuffled => Ask(Candidates.Reverse(), AirPolicies.Always(Policies), Choices.Reverse());

    /// <summary>What is asked of these alone, without a commune's word.</summary>
    public AirQuestion Unchosen(IEnumerable<AirCandidate> candidates) =>
        Ask(candidates, AirPolicies.Always(Policies), []);

    public AirChange Change =>
        new()
        {
            Added = Added,
            Removed = [.. Candidates.Take(Removed)],
            Policies = new Dictionary<Guid, PolicyWord> { [Units[3]] = Word },
        };

    /// <summary>The question after the change, asked anew.</summary>
    public AirQuestion Changed
    {
        get
        {
            var words = Policies.ToDictionary(
                p => p.Key,
                p =>
                    (IReadOnlyList<PolicyWord>)
                        [Always(p.Value), .. p.Key == Units[3] ? [Word] : Array.Empty<PolicyWord>()]
            );
            return Ask(Candidates[Math.Min(Removed, Candidates.Length)..].Concat(Added), new(words), Choices);
        }
    }

    // In the middle of the days that are asked for, and known only after some of the orders.
    PolicyWord Word => new(Day.AddHours(Merged / 2), Day.AddHours(Merged), NewPolicy);

    static PolicyWord Always(AirPolicy policy) => new(DateTimeOffset.MinValue, DateTimeOffset.MinValue, policy);

    static AirQuestion Ask(
        IEnumerable<AirCandidate> candidates,
        AirPolicies policies,
        IEnumerable<PriorityChoice> choices
    ) => AirQuestion.Of(candidates, policies, [.. choices], VietnamTime.Zone, Day.AddDays(-1), Day.AddDays(5));

    public static Arbitrary<SomeAir> Any() =>
        (
            from candidates in Candidate().ArrayOf()
            from province in Policy(Units[0])
            from commune in Policy(Units[1])
            from other in Policy(Units[3])
            from first in Gen.Choose(0, 30)
            from second in Gen.Choose(0, 30)
            from added in Candidate().ArrayOf(2)
            from changed in Policy(Units[3])
            from removed in Gen.Choose(0, 4)
            from merged in Gen.Choose(0, 60)
            select new SomeAir(
                candidates,
                new()
                {
                    [Units[0]] = province,
                    [Units[1]] = commune,
                    [Units[3]] = other,
                },
                candidates.Length > Math.Max(first, second)
                    ? [new(Units[1], candidates[first].Id, candidates[second].Id, Day, Day)]
                    : [],
                added,
                changed,
                removed,
                merged
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
            Except = (number % 11) switch
            {
                0 => [Units[2]],
                1 => [Speaker],
                _ => [],
            },
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
