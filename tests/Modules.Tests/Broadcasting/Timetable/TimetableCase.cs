using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Loa.Air;
using Loa.Broadcasting.Airtime;
using Loa.Kernel;

namespace Loa.Broadcasting.Timetable;

/// <summary>One case of <c>timetable-cases.txt</c>: what is given, and what is expected. How its lines are written stands atop that file.</summary>
sealed class TimetableCase(string title)
{
    static readonly string[] Levels = ["province", "district", "commune", "hamlet"];

    readonly Dictionary<string, AirCandidate> candidates = new(StringComparer.Ordinal);
    readonly Dictionary<Guid, AirPolicy> policies = [];
    readonly List<PriorityChoice> choices = [];
    readonly List<QuietTime> quiet = [];
    readonly List<PlacePath> paths = [new(DateTimeOffset.MinValue, [.. Levels.Select(IdOf)])];
    DateOnly day = new(2026, 12, 1);
    TimeZoneInfo zone = VietnamTime.Zone;

    public string Title => title;

    /// <summary>Lines that begin with <c>expect</c> or <c>heard</c>.</summary>
    public List<string> Expected { get; } = [];

    public static IReadOnlyList<TimetableCase> Read(string text)
    {
        var cases = new List<TimetableCase>();
        foreach (var line in text.Split('\n').Select(l => l.TrimEnd()).Where(l => l.Length > 0 && l[0] != '#'))
            if (line[0] != ' ')
                cases.Add(new(line));
            else
                cases[^1].Take(line.Trim());
        return cases;
    }

    public PlaceAir Decide()
    {
        var from = At("00:00").AddDays(-1);
        var question = AirQuestion.Of(
            candidates.Values,
            AirPolicies.Always(policies),
            choices,
            zone,
            from,
            from.AddDays(70)
        );
        return Timeline.Of(new AirPlace(IdOf("speaker"), paths) { Quiet = quiet }, question);
    }

    public string Told(Fate fate)
    {
        var kind = fate.Kind switch
        {
            FateKind.AsAsked => "as-asked",
            _ => fate.Kind.ToString().ToLowerInvariant(),
        };
        var parts = new List<string> { "expect", NameOf(fate.Candidate.Id), kind };
        if (fate.At is { } at)
            parts.Add(Shown(at));
        if (fate.Because != "ordered")
            parts.Add(fate.Because);
        if ((fate.Policy ?? fate.Other) is { } by)
            parts.Add(NameOf(by));
        return string.Join(' ', parts);
    }

    public string Told(IEnumerable<HeardStretch> heard) =>
        "heard " + string.Join(", ", heard.Select(h => $"{NameOf(h.Item.Candidate.Id)} {Shown(h.From)}-{Shown(h.To)}"));

    void Take(string line)
    {
        var words = line.Split(' ');
        switch (words[0])
        {
            case "on":
                day = DateOnly.ParseExact(words[1], "yyyy-MM-dd", CultureInfo.InvariantCulture);
                break;
            case "zone":
                zone = TimeZoneInfo.FindSystemTimeZoneById(words[1]);
                break;
            case "given":
                candidates.Add(words[1], Candidate(words));
                break;
            case "policy":
                var unit = IdOf(words[1]);
                policies[unit] = With(policies.GetValueOrDefault(unit) ?? new(), unit, words);
                break;
            case "speaker":
                quiet.Add(new(Days(words[2]), Time(words[3]), Length(words[4]), IdOf("speaker")));
                break;
            case "choice":
                choices.Add(new(IdOf(words[1]), IdOf(words[2]), IdOf(words[4]), At(words[6]), At(words[8])));
                break;
            case "merged":
                paths.Add(new(At(words[1]), [IdOf("province"), IdOf(words[3]), IdOf("commune"), IdOf("hamlet")]));
                break;
            case "expect" or "heard":
                Expected.Add(line);
                break;
            case "because":
                break;
            default:
                throw new FormatException($"{title}: {line}");
        }
    }

    AirCandidate Candidate(string[] words)
    {
        var (start, length) = (At(words[5]), Length(words[6]));
        var made = new AirCandidate(
            IdOf(words[1]),
            AirWord.Read<AirClass>(words[2]),
            [IdOf(words[3])],
            start,
            words[4] == "session" ? start.AddDays(1) : start.AddHours(1),
            [new(IdOf(words[1]), length, DateTimeOffset.MaxValue)]
        )
        {
            Timing = Enum.Parse<AirTiming>(words[4], ignoreCase: true),
            Level = words[4] == "now" ? 0 : Math.Max(0, Array.IndexOf(Levels, words[3])),
            IsWhole = words[4] == "now",
        };
        for (var i = 7; i < words.Length; i++)
            made = words[i] switch
            {
                "live" => made with { IsLive = true },
                "whole" => made with { IsWhole = true },
                "goes-on" => made with { GoesOn = true },
                "asked-again" => made with { MayRepeat = true },
                "until" => made with { Until = At(words[++i]) },
                "not" => made with { Except = [IdOf(words[++i])] },
                "same" => made with { Parts = [made.Parts[0] with { Content = IdOf(words[++i]) }] },
                "valid" => made with { Parts = [made.Parts[0] with { ValidTo = At(words[++i]) }] },
                "then" => made with { Parts = [.. made.Parts, Part(words[++i])] },
                "gap" => made with
                {
                    Parts = [.. made.Parts.SkipLast(1), made.Parts[^1] with { GapAfter = Length(words[++i]) }],
                },
                _ => throw new FormatException($"{title}: {words[i]}"),
            };
        return made;

        // "2m" or "2m!17:00": valid until then.
        ProgrammePart Part(string text) =>
            text.Split('!') is [var of, var until]
                ? new(IdOf(text), Length(of), At(until))
                : new(IdOf(text), Length(text), DateTimeOffset.MaxValue);
    }

    AirPolicy With(AirPolicy policy, Guid by, string[] words) =>
        words[2] switch
        {
            "session" => policy with
            {
                Sessions = [.. policy.Sessions ?? [], new(Days(words[3]), Time(words[4]), Length(words[5]), by)],
            },
            "quiet" => policy with
            {
                Quiet = [.. policy.Quiet, new(Days(words[3]), Time(words[4]), Length(words[5]), by)],
            },
            "relay" => policy with
            {
                Relays =
                [
                    .. policy.Relays,
                    new(Days(words[3]), Time(words[4]), Length(words[5]), Array.IndexOf(Levels, words[1]), by),
                ],
            },
            "silent" => policy with
            {
                SilentDays = [.. policy.SilentDays, new(DateOnly.Parse(words[3], CultureInfo.InvariantCulture), by)],
            },
            "limits" => policy with
            {
                Limits = new(Length(words[3]), int.Parse(words[4], CultureInfo.InvariantCulture), by),
            },
            "repeat" => policy with
            {
                Repeat = new(
                    int.Parse(words[3], CultureInfo.InvariantCulture),
                    int.Parse(words[5], CultureInfo.InvariantCulture),
                    by
                ),
            },
            _ => throw new FormatException($"{title}: {words[2]}"),
        };

    // "17:00", "17:00:30", the next day "1d05:30".
    DateTimeOffset At(string text)
    {
        var (days, time) = text.Split('d') is [var d, var t]
            ? (int.Parse(d, CultureInfo.InvariantCulture), t)
            : (0, text);
        var local = day.AddDays(days).ToDateTime(Time(time));
        return new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
    }

    string Shown(DateTimeOffset moment)
    {
        var local = TimeZoneInfo.ConvertTime(moment, zone).DateTime;
        var days = DateOnly.FromDateTime(local).DayNumber - day.DayNumber;
        var time = local.ToString(local.Second == 0 ? "HH:mm" : "HH:mm:ss", CultureInfo.InvariantCulture);
        return days == 0 ? time : $"{days}d{time}";
    }

    string NameOf(Guid id) =>
        candidates
            .Keys.Concat(Levels)
            .Concat(["speaker", "newcommune", "elsewhere"])
            .FirstOrDefault(name => IdOf(name) == id)
        ?? "?";

    static TimeOnly Time(string text) => TimeOnly.Parse(text, CultureInfo.InvariantCulture);

    static TimeSpan Length(string text) =>
        int.Parse(text[..^1], CultureInfo.InvariantCulture)
        * text[^1] switch
        {
            's' => TimeSpan.FromSeconds(1),
            'm' => TimeSpan.FromMinutes(1),
            _ => TimeSpan.FromHours(1),
        };

    static Weekdays Days(string text) =>
        text.Split(',').Aggregate(Weekdays.None, (days, word) => days | Enum.Parse<Weekdays>(word, ignoreCase: true));

    // By its name, so that a case says who comes first when all else is equal.
    static Guid IdOf(string name) =>
        name is [var letter]
            ? new Guid(letter, 0, 0, new byte[8])
            : new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, 16));
}
