using System.Globalization;
using System.Text.Json.Nodes;
using Loa.Cases;
using Loa.Kernel;

namespace Loa.Devices.Rollouts;

/// <summary>What an officer decided when he started a rollout, and how far it has come: a fold of its acts.</summary>
/// <param name="Stages">Percent of all after each further stage; the canary comes before them.</param>
/// <param name="Window">Hours of the day outside which nothing is sent.</param>
/// <param name="Pace">At most so many speakers update at once.</param>
/// <param name="Stage">0 is the canary.</param>
sealed record Plan(
    Guid Id,
    string State,
    string Label,
    Guid Package,
    IReadOnlyList<int> Stages,
    int Threshold,
    TimeSpan Within,
    TimeSpan Soak,
    Window? Window,
    int Pace,
    int Stage,
    string By,
    Guid UnitId,
    Guid OfficerId,
    Guid PostId
)
{
    public int LastStage => Stages.Count;

    public static Plan Of(CaseWithActs found)
    {
        var folded = found.Case;
        // Who let it go on answers for it from then on.
        var last = found.LastOf(RolloutProcedure.Start, RolloutProcedure.Resume)!;
        return new(
            folded.Id,
            folded.State!,
            folded.Title,
            Guid.Parse(folded.Text("package")),
            [.. folded.Texts("stages").Select(s => int.Parse(s, CultureInfo.InvariantCulture))],
            (int)folded.Number("threshold"),
            TimeSpan.FromMinutes(folded.Number("within_minutes")),
            TimeSpan.FromMinutes(folded.Number("soak_minutes")),
            folded.Fields.ContainsKey("window_from")
                ? new((int)folded.Number("window_from"), (int)folded.Number("window_to"))
                : null,
            (int)folded.Number("pace"),
            StageOf(folded),
            last.By,
            folded.UnitId,
            last.OfficerId,
            last.PostId
        );
    }

    public static int StageOf(Case standing) => (int)standing.Number("stage");

    public static JsonObject AtStage(int stage, DateTimeOffset at) =>
        new() { ["stage"] = stage, ["stage_at"] = at.ToUnixTimeMilliseconds() };

    /// <summary>How many of a group may fail before the release counts as bad.</summary>
    public int MayFail(int group) => group * (100 - Threshold) / 100;

    /// <summary>
    /// Which group each speaker is in, in an order that cannot be foreseen and is the same each time it is asked; those who are there
    /// go first, so that each group tells something before the next is told.
    /// </summary>
    public static IReadOnlyDictionary<Guid, int> Groups(
        IReadOnlyList<Candidate> speakers,
        int canary,
        IReadOnlyList<int> stages,
        Guid seed
    )
    {
        var order = speakers.OrderBy(s => !s.Online).ThenBy(s => Rank(seed, s.Id), StringComparer.Ordinal).ToList();
        var first = order.Take(canary).Select(s => s.Id).ToList();
        var rest = order.Skip(canary).Select(s => s.Id);
        var groups = first.ToDictionary(id => id, _ => 0);
        foreach (var (index, id) in rest.Index())
        {
            var share = (canary + index + 1) * 100.0 / speakers.Count;
            var stage = stages.Index().First(s => share <= s.Item || s.Index == stages.Count - 1).Index;
            groups[id] = stage + 1;
        }
        return groups;
    }

    static string Rank(Guid seed, Guid id) =>
        Convert.ToHexString(System.Security.Cryptography.SHA256.HashData([.. seed.ToByteArray(), .. id.ToByteArray()]));
}

/// <summary>A speaker that a rollout could reach.</summary>
sealed record Candidate(Guid Id, string NameKey, bool Online);

/// <summary>From one minute of the day to another in Vietnam; it may go over midnight.</summary>
readonly record struct Window(int From, int To)
{
    public bool Holds(DateTimeOffset moment)
    {
        var minute = (int)VietnamTime.Of(moment).TimeOfDay.TotalMinutes;
        return From <= To ? minute >= From && minute < To : minute >= From || minute < To;
    }

    /// <summary>How much of it is left; nothing outside.</summary>
    public TimeSpan Left(DateTimeOffset moment)
    {
        if (!Holds(moment))
            return TimeSpan.Zero;
        var left = TimeSpan.FromMinutes(To) - VietnamTime.Of(moment).TimeOfDay;
        return left > TimeSpan.Zero ? left : left + TimeSpan.FromDays(1);
    }
}
