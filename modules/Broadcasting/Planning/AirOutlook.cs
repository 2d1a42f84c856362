using Loa.Broadcasting.Programmes;
using Loa.Broadcasting.Timetable;
using Loa.Kernel;
using Loa.Ui;

namespace Loa.Broadcasting.Planning;

/// <summary>One time of a programme as it stands for a unit: skipped, or with what becomes of it there.</summary>
/// <param name="Fate">Null when it is skipped, or when nothing of it may be heard.</param>
sealed record SeenTime(ProgrammeOccurrence Of, bool IsSkipped, Fate? Fate)
{
    /// <summary>When it is heard, as far as anybody knows.</summary>
    public DateTimeOffset At => Fate?.At ?? Of.Start;

    public string Text =>
        IsSkipped ? Words.Get("programme.skipped")
        : Fate is null ? Words.Get("programme.to-begin")
        : Words.Get("fate." + Fate.Kind);

    public Tone Tone =>
        Fate?.Kind switch
        {
            null => Tone.Quiet,
            FateKind.AsAsked => Tone.Good,
            FateKind.Dropped or FateKind.Shortened => Tone.Warn,
            _ => Tone.Going,
        };

    /// <summary>Why it is not as it was asked for, and where it was moved from.</summary>
    public string Why =>
        string.Join(
            " · ",
            new[]
            {
                Fate is null or { Kind: FateKind.AsAsked } ? "" : Words.Get("timetable.because." + Fate.Because),
                Of.IsMoved ? Words.Get("programme.moved-from", Of.Day.Shown()) : "",
            }.Where(text => text.Length > 0)
        );
}

/// <summary>Tells of the times of programmes what becomes of them at a place.</summary>
sealed class AirOutlook(AirQuestions questions, Sight sight)
{
    public async Task<IReadOnlyList<SeenTime>> Of(
        IEnumerable<ProgrammeOccurrence> times,
        Guid unit,
        CancellationToken cancel
    )
    {
        var all = times.OrderBy(time => time.Start).ToList();
        if (all.Count == 0)
            return [];
        var path = sight.Tree.PathOf(unit);
        var asked = await questions.Between(all[0].Start, all[^1].OverAt, path.ToHashSet(), cancel);
        var fates = Timeline.Of(AirPlace.At(unit, path), asked.Question).Fates.ToDictionary(f => f.Candidate.Id);
        return
        [
            .. all.Select(time =>
                time.Plan.Times.LeftOut.Contains(time.Original)
                    ? new SeenTime(time, IsSkipped: true, null)
                    : new SeenTime(time, IsSkipped: false, fates.GetValueOrDefault(time.Id))
            ),
        ];
    }
}
