using Loa.Air;
using Loa.Broadcasting.Airtime;
using Loa.Broadcasting.Timetable;
using Loa.Calendar;
using Loa.Kernel;

namespace Loa.Bench;

/// <summary>A district of a made-up province: its units with what each plans, its speakers, its policies.</summary>
/// <param name="Programmes">Of the province as well, which every district hears.</param>
sealed record District(
    IReadOnlyList<Programme> Programmes,
    IReadOnlyList<AirPlace> Places,
    IReadOnlyDictionary<Guid, AirPolicy> Policies
);

/// <summary>What a unit airs again and again.</summary>
sealed record Programme(Guid Unit, int Number, int Level, DateTime Start, string Rule, TimeSpan Length)
{
    static readonly DateTimeOffset Epoch = VietnamTime.StartOf(new(2026, 11, 2));

    public EventSeries Series { get; } =
        new()
        {
            Start = Start,
            Zone = VietnamTime.Zone,
            Length = Length,
            Rules = [DayRule.Read(Rule)],
        };

    readonly byte[] unit = Unit.ToByteArray()[..8];

    /// <summary>Its occurrence as it asks for the air: a third at an exact time, the rest in its session.</summary>
    public AirCandidate At(DateTimeOffset start)
    {
        var day = (int)(start - Epoch).TotalDays;
        var exact = Number % 3 == 0;
        return new(
            new Guid(day, (short)Number, (short)Level, unit),
            Number % 5 == 0 ? AirClass.Priority : AirClass.Ordinary,
            [Unit],
            start,
            start.AddHours(exact ? 1 : 3),
            [
                new(Unit, TimeSpan.FromSeconds(8), DateTimeOffset.MaxValue, IsJingle: true),
                new(new Guid(day, 0, 0, unit), Length, DateTimeOffset.MaxValue),
            ]
        )
        {
            Timing = exact ? AirTiming.Exact : AirTiming.Session,
            Level = Level,
            IsWhole = Number % 2 == 0,
            GoesOn = Number % 7 == 0,
        };
    }
}

/// <summary>
/// Four levels with ten items a day each, so that every place has forty; each commune with a policy of its own, some speakers
/// beside a school. As large as asked: a province of 1,661 speakers many times over under one roof.
/// </summary>
static class BigProvince
{
    const int CommunesPerDistrict = 10;
    const int HamletsPerCommune = 8;
    const int Days = 30;

    public static readonly DateTimeOffset From = VietnamTime.StartOf(new(2026, 12, 1));
    public static readonly DateTimeOffset To = From.AddDays(Days);

    static readonly Guid Root = UnitOf(0, 0);
    static readonly string[] Rules = ["FREQ=DAILY", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU"];

    public static IEnumerable<District> Districts(int speakers)
    {
        IReadOnlyList<Programme> above = [.. Of(Root, 0)];
        var unit = 1;
        for (var placed = 0; placed < speakers; )
        {
            var programmes = new List<Programme>(above);
            var places = new List<AirPlace>();
            var policies = new Dictionary<Guid, AirPolicy>
            {
                [Root] = new()
                {
                    Limits = new(TimeSpan.FromMinutes(60), 2, Root),
                    Relays = [new(Weekdays.All, new(5, 45), TimeSpan.FromMinutes(10), 0, Root)],
                    Repeat = new(3, 7, Root),
                },
            };
            var district = Next(1);
            for (var c = 0; c < CommunesPerDistrict && placed < speakers; c++)
            {
                var commune = Next(2);
                policies[commune] = PolicyOf(commune, c);
                for (var h = 0; h < HamletsPerCommune && placed < speakers; h++)
                {
                    var hamlet = Next(3);
                    // Two speakers in most hamlets, one in the others.
                    for (var s = 0; s < (h % 33 == 32 ? 1 : 2) && placed < speakers; s++, placed++)
                        places.Add(
                            AirPlace.At(UnitOf(9, placed), [Root, district, commune, hamlet]) with
                            {
                                Quiet = placed % 20 == 0 ? [School(placed)] : [],
                            }
                        );
                }
            }
            yield return new(programmes, places, policies);

            Guid Next(int level)
            {
                var made = UnitOf(level, unit++);
                programmes.AddRange(Of(made, level));
                return made;
            }
        }
    }

    /// <summary>All districts as one.</summary>
    public static District Whole(int speakers)
    {
        var districts = Districts(speakers).ToList();
        return new(
            [.. districts.SelectMany(d => d.Programmes).Distinct()],
            [.. districts.SelectMany(d => d.Places)],
            districts.SelectMany(d => d.Policies).DistinctBy(p => p.Key).ToDictionary()
        );
    }

    /// <summary>All that a district's speakers are asked, from the rules of its programmes on.</summary>
    public static AirQuestion Question(District district, int days = Days) =>
        AirQuestion.Of(
            district.Programmes.SelectMany(p =>
                p.Series.Between(From, From.AddDays(days)).Select(time => p.At(time.Start))
            ),
            AirPolicies.Always(district.Policies),
            [],
            VietnamTime.Zone,
            From,
            From.AddDays(days)
        );

    public static IEnumerable<Programme> Of(Guid unit, int level)
    {
        for (var i = 0; i < 10; i++)
        {
            var session = i < 5 ? new TimeSpan(5, 30, 0) : new TimeSpan(17, 0, 0);
            yield return new(
                unit,
                i,
                level,
                new DateTime(2026, 11, 2) + session + TimeSpan.FromMinutes(i % 5 * 11 + level * 2),
                Rules[i % Rules.Length],
                TimeSpan.FromSeconds(90 + i * 15)
            );
        }
    }

    static AirPolicy PolicyOf(Guid commune, int number) =>
        new()
        {
            Sessions =
            [
                new(Weekdays.All, new(5, 30), TimeSpan.FromMinutes(60), commune),
                new(Weekdays.All, new(17, number % 3 * 10), TimeSpan.FromMinutes(60), commune),
            ],
            Quiet = [new(Weekdays.All, new(22, 0), TimeSpan.FromHours(7), commune)],
            SilentDays = number % 4 == 0 ? [new(new(2026, 12, 22), commune)] : [],
        };

    static QuietTime School(int speaker) =>
        new(Weekdays.All & ~Weekdays.Sunday, new(17, 0), TimeSpan.FromMinutes(15), UnitOf(9, speaker));

    static Guid UnitOf(int level, int number) => new(number, (short)level, 0, new byte[8]);
}
