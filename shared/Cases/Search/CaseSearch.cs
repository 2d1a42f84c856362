using System.Text;
using Loa.Kernel;
using Loa.Vietnamese;
using Microsoft.EntityFrameworkCore;

namespace Loa.Cases;

/// <summary>
/// Cases found by the words of their title and searched fields: every word, each by its beginning, without diacritics, the last
/// moved first. What it costs follows what it shows, not what there is.
/// </summary>
/// <param name="own">The units whose cases are found also in states in which they are their unit's own.</param>
/// <param name="filter">What they are narrowed to.</param>
public sealed class CaseSearch(
    CaseDb db,
    Procedure procedure,
    string text,
    Reach reach,
    IReadOnlyCollection<Guid>? own = null,
    CaseFilter? filter = null
)
{
    /// <summary>So many are counted. A count above it says that there are more.</summary>
    public const int Most = 1_000;

    const int MostWords = 10;
    const int LongestWord = 100;

    readonly string[] words = WordsOf(text);

    // Nobody finds anything without a word, or without a unit to look in.
    bool FindsNothing => words.Length == 0 || reach.IsEmpty;

    /// <summary>All of a kind that hold the words, to be narrowed by what another table says of who may see them.</summary>
    public static IQueryable<Guid> Named(CaseDb db, Procedure procedure, string text)
    {
        var asked = WordsOf(text);
        return asked.Length == 0 ? db.Cases.Where(c => false).Select(c => c.Id)
            : db.Database.IsSqlite()
                ? db.Database.SqlQuery<Guid>(
                    $"""
                    SELECT a."CaseId" AS "Value"
                    FROM (SELECT rowid AS "Last" FROM "CaseWords" WHERE "CaseWords" MATCH {Asked(
                        procedure,
                        asked
                    )}) AS f
                    CROSS JOIN "Acts" AS a ON a."Position" = f."Last"
                    """
                )
            : db.Database.SqlQuery<Guid>(
                $"""
                SELECT "Id" AS "Value" FROM "Cases"
                WHERE "Words" @@ {Lexeme(asked)}::tsquery AND "Procedure" = {procedure.Name}
                """
            );
    }

    /// <summary>A part of the found cases that are in one of these states.</summary>
    public async Task<IReadOnlyList<Guid>> Ids(
        IReadOnlyCollection<string> states,
        int skip,
        int take,
        CancellationToken cancel
    )
    {
        if (FindsNothing || states.Count == 0)
            return [];
        if (!db.Database.IsSqlite())
            return await Matching(states)
                .OrderByDescending(c => c.MovedAt)
                .ThenByDescending(c => c.Id)
                .Select(c => c.Id)
                .Skip(skip)
                .Take(take)
                .ToListAsync(cancel);
        var (first, end) = await Positions(cancel);
        return await db
            .Database.SqlQuery<Guid>(
                $"""
                SELECT a."CaseId" AS "Value"
                FROM (SELECT rowid AS "Last" FROM "CaseWords" WHERE "CaseWords" MATCH {Asked(
                    states
                )} AND rowid >= {first} AND rowid < {end} ORDER BY rowid DESC LIMIT {take} OFFSET {skip}) AS f
                CROSS JOIN "Acts" AS a ON a."Position" = f."Last"
                ORDER BY f."Last" DESC
                """
            )
            .ToListAsync(cancel);
    }

    /// <summary>How many are found in each of these states, each up to one more than <see cref="Most"/>.</summary>
    public async Task<IReadOnlyDictionary<string, int>> Count(
        IReadOnlyCollection<string> states,
        CancellationToken cancel
    )
    {
        if (FindsNothing)
            return states.ToDictionary(s => s, _ => 0, StringComparer.Ordinal);
        var within = await Positions(cancel);
        return await states
            .Select(state => Counted(state, within))
            .Aggregate(Queryable.Concat)
            .ToDictionaryAsync(c => c.State, c => c.Cases, StringComparer.Ordinal, cancel);
    }

    // All that is asked together is asked once, yet each state for itself: it is counted no further than need be.
    IQueryable<StateCount> Counted(string state, (long First, long End) within)
    {
        var (first, end) = within;
        var (anyUnit, narrowed) = (Filter.Units is null, Filter.Units?.ToArray() ?? []);
        var (anyMaker, makers) = (Filter.Makers is null, Filter.Makers?.ToArray() ?? []);
        var (from, before) = (Filter.From ?? DateTimeOffset.MinValue, Filter.Before ?? DateTimeOffset.MaxValue);
        const int most = Most + 1;
        var isOwn = procedure.OwnIn.Contains(state);
        Guid[] units = isOwn ? OwnUnits : [.. reach.Units];
        var everywhere = reach.Everywhere && !isOwn;
        return db.Database.IsSqlite()
            ? db.Database.SqlQuery<StateCount>(
                $"""
                SELECT {state} AS "State", COUNT(*) AS "Cases" FROM (
                    SELECT 1 FROM "CaseWords" WHERE "CaseWords" MATCH {Asked(
                    [state]
                )} AND rowid >= {first} AND rowid < {end} LIMIT {most}
                )
                """
            )
            : db.Database.SqlQuery<StateCount>(
                $"""
                SELECT {state} AS "State", COUNT(*)::int AS "Cases" FROM (
                    SELECT 1 FROM "Cases"
                    WHERE "Words" @@ {Lexemes}::tsquery AND "Procedure" = {procedure.Name} AND "State" = {state}
                        AND ({everywhere} OR "UnitId" = ANY ({units})) AND ({anyUnit} OR "UnitId" = ANY ({narrowed}))
                        AND ({Filter.Kind} = '' OR "Kind" = {Filter.Kind}) AND ({anyMaker} OR "OpenedBy" = ANY ({makers}))
                        AND "MovedAt" >= {from} AND "MovedAt" < {before}
                    LIMIT {most}
                ) AS found
                """
            );
    }

    sealed record StateCount(string State, int Cases);

    /// <summary>Throws the words of all cases away; they come again with each case that is stored.</summary>
    internal static Task Forget(CaseDb db, CancellationToken cancel) =>
        db.Database.IsSqlite()
            ? db.Database.ExecuteSqlAsync($"""INSERT INTO "CaseWords" ("CaseWords") VALUES ('delete-all')""", cancel)
            : Task.CompletedTask;

    /// <summary>How many cases a search would miss.</summary>
    internal static async Task<int> Missing(CaseDb db, CancellationToken cancel)
    {
        var counted = db.Database.IsSqlite()
            ? db.Database.SqlQuery<int>(
                $"""
                SELECT COUNT(*) AS "Value" FROM "Cases" c JOIN "Acts" a ON a."CaseId" = c."Id" AND a."Seq" = c."Seq"
                WHERE a."Position" NOT IN (SELECT id FROM "CaseWords_docsize")
                """
            )
            : db.Database.SqlQuery<int>($"""SELECT COUNT(*)::int AS "Value" FROM "Cases" WHERE "Words" IS NULL""");
        return (await counted.ToListAsync(cancel))[0];
    }

    string Lexemes => Lexeme(words);

    // As PostgreSQL is asked.
    static string Lexeme(IEnumerable<string> typed) => string.Join(" & ", typed.Select(w => $"'{w}':*"));

    IQueryable<CaseRow> Matching(IReadOnlyCollection<string> states)
    {
        var found = db
            .Cases.FromSql($"""SELECT * FROM "Cases" WHERE "Words" @@ {Lexemes}::tsquery""")
            .AsNoTracking()
            .Where(c => c.Procedure == procedure.Name && states.Contains(c.State));
        var (mine, units) = (procedure.OwnIn, OwnUnits);
        return Filter.Of(found).InSight(reach).Where(c => !mine.Contains(c.State) || units.Contains(c.UnitId));
    }

    // Words are letters and digits only, so that nothing in them is a sign of the query.
    static string Asked(Procedure procedure, IEnumerable<string> typed) =>
        $"Words : ({string.Join(" AND ", typed.Select(w => $"\"{w}\"*"))}) AND Marks : \"{Mark('p', procedure.Name)}\"";

    string Asked(IEnumerable<string> states)
    {
        var parts = states
            .GroupBy(procedure.OwnIn.Contains)
            .Select(some =>
                (
                    States: Any('s', some),
                    Units: some.Key ? OwnUnits
                    : reach.Everywhere ? null
                    : reach.Units
                )
            )
            .Select(part => part.Units is null ? part.States : $"({part.States} AND {AnyOf(part.Units)})");
        string[] narrowed =
        [
            .. Filter.Kind.Length > 0 ? [Any('k', [Filter.Kind])] : Array.Empty<string>(),
            .. Filter.Units is { } units ? [AnyOf(units)] : Array.Empty<string>(),
            .. Filter.Makers is { } makers ? [AnyOf(makers, 'o')] : Array.Empty<string>(),
        ];
        return string.Join(" AND ", narrowed.Prepend($"{Asked(procedure, words)} AND ({string.Join(" OR ", parts)})"));
    }

    // SQLite finds by the place of the last act: a period is a stretch of these.
    async Task<(long First, long End)> Positions(CancellationToken cancel) =>
        (
            Filter.From is { } from ? await FirstFrom(from, cancel) : 0,
            Filter.Before is { } before ? await FirstFrom(before, cancel) : long.MaxValue
        );

    async Task<long> FirstFrom(DateTimeOffset at, CancellationToken cancel) =>
        await db
            .Acts.Where(a => a.At >= at)
            .OrderBy(a => a.At)
            .Select(a => (long?)a.Position)
            .FirstOrDefaultAsync(cancel)
        ?? long.MaxValue;

    CaseFilter Filter => filter ?? CaseFilter.None;

    Guid[] OwnUnits => [.. own ?? []];

    // Without a unit nothing is found: no case belongs to none.
    static string AnyOf(IReadOnlyCollection<Guid> units, char kind = 'u') =>
        Any(kind, units.DefaultIfEmpty().Select(u => u.ToString("N")));

    static string Any(char kind, IEnumerable<string> names) =>
        $"Marks : ({string.Join(" OR ", names.Select(n => $"\"{Mark(kind, n)}\""))})";

    // A state may be asked for by an address that somebody typed.
    static string Mark(char kind, string name) => kind + string.Concat(name.Where(char.IsAsciiLetterOrDigit));

    static string[] WordsOf(string text)
    {
        var apart = new StringBuilder();
        foreach (var rune in Folding.Fold(text).EnumerateRunes())
            apart.Append(IsOfAWord(rune) ? rune.ToString() : " ");
        return
        [
            .. apart
                .ToString()
                .Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Take(MostWords)
                .Select(w => w.Length <= LongestWord ? w : w[..LongestWord]),
        ];
    }

    // SQLite knows the letters of Unicode 6.1: a newer one would part the word there, and a word in parts may not be asked for.
    static bool IsOfAWord(Rune rune) =>
        Rune.IsLetterOrDigit(rune)
        && rune.Value
            is < 0x250
                or (>= 0x370 and <= 0x3FF)
                or (>= 0x400 and <= 0x527)
                or (>= 0x1E00 and <= 0x1EFF)
                or (>= 0x3041 and <= 0x30FA)
                or (>= 0x4E00 and <= 0x9FCC)
                or (>= 0xAC00 and <= 0xD7A3);
}
