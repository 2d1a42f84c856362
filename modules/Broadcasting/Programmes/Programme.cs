using Loa.Cases;

namespace Loa.Broadcasting.Programmes;

/// <summary>What is heard again and again by a rule, read from its case.</summary>
sealed class Programme(Case standing) : ICase<Programme>
{
    // As long as records of what was heard before a change may still come in.
    static readonly TimeSpan Remembered = TimeSpan.FromDays(40);
    const int MostRemembered = 20;

    public static Procedure Procedure => ProgrammeProcedure.Definition;

    public static string Path => "/programmes";

    public static Programme Of(Case standing) => new(standing);

    public static Programme Of(CaseRow row) => new(Case.Of(ProgrammeProcedure.Definition, row));

    public Case Case => standing;

    public IEnumerable<Guid> Units =>
        standing.Texts(ProgrammeProcedure.Owners).Select(Guid.Parse).Prepend(standing.UnitId);

    /// <summary>Where it is heard; of a draft nobody there is told.</summary>
    public IEnumerable<Guid> Concerned => IsOwn ? [] : Plan.Units;

    /// <summary>The plan of now, and those before it as far as they are remembered; the newest last.</summary>
    public IReadOnlyList<ProgrammePlan> Plans { get; } = ProgrammePlan.Read(standing.Fields[ProgrammeProcedure.Plans]);

    public ProgrammePlan Plan => Plans[^1];

    public bool IsInForce => standing.State == ProgrammeProcedure.InForce;

    bool IsOwn => ProgrammeProcedure.Definition.OwnIn.Contains(standing.State);

    /// <summary>When it was stopped; null while it is not.</summary>
    DateTimeOffset? EndedAt => IsInForce || IsOwn ? null : standing.MovedAt;

    /// <summary>Its times that begin between two moments, in their order: each by the plan that counted when it began.</summary>
    /// <param name="withSkipped">Also those left out, for who wants them back.</param>
    public IEnumerable<ProgrammeOccurrence> Between(DateTimeOffset from, DateTimeOffset to, bool withSkipped = false)
    {
        for (var i = 0; i < Plans.Count; i++)
        {
            var (first, last) = (Plans[i].Since, i + 1 < Plans.Count ? Plans[i + 1].Since : EndedAt);
            var series = withSkipped ? Plans[i].Series with { LeftOut = [] } : Plans[i].Series;
            foreach (var time in series.Between(Later(from, first), last < to ? last.Value : to))
                yield return new(this, Plans[i], time.Start, time.Original);
        }
    }

    /// <summary>The next times from a moment on; none when it is over.</summary>
    public IReadOnlyList<ProgrammeOccurrence> Next(DateTimeOffset from, int count, bool withSkipped = false) =>
        EndedAt is not null
            ? []
            :
            [
                .. (withSkipped ? Plan.Series with { LeftOut = [] } : Plan.Series)
                    .Next(Later(from, Plan.Since), count)
                    .Select(time => new ProgrammeOccurrence(this, Plan, time.Start, time.Original)),
            ];

    /// <summary>The state as people see it: nobody ends what has no times left, and yet it is over.</summary>
    public string StateAt(DateTimeOffset now) =>
        IsInForce && Next(now, 1).Count == 0 ? ProgrammeProcedure.Over : standing.State!;

    /// <summary>Its plans once what begins from now on goes by another; what has begun goes on by the one before.</summary>
    public IEnumerable<ProgrammePlan> With(ProgrammePlan next, DateTimeOffset now) =>
        IsInForce
            ? Plans
                .Where((_, i) => i + 1 == Plans.Count || Plans[i + 1].Since > now - Remembered)
                .TakeLast(MostRemembered)
                .Append(next with { Since = now })
            : [next];

    /// <summary>Its plans with other exceptions of what has not begun yet.</summary>
    public IEnumerable<ProgrammePlan> With(ProgrammeTimes times) =>
        Plans.SkipLast(1).Append(Plan with { Times = times });

    static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
