using Loa.Vietnamese;

namespace Loa.Cases;

/// <summary>Cases of a kind that stays few, found by words without an index of their own.</summary>
public static class WordsOfCases
{
    /// <summary>Those that hold every word typed, each by its beginning.</summary>
    public static IQueryable<CaseRow> WithWords(this IQueryable<CaseRow> rows, string typed) =>
        SearchTerms
            .Of(typed)
            .Pieces.Aggregate(
                rows,
                // A part of an account's name begins after its dot.
                (found, piece) =>
                    found.Where(c => (" " + c.Search + " " + c.Search.Replace(".", " ") + " ").Contains(piece))
            );
}
