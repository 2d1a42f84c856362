using Loa.Vietnamese;

namespace Loa.Ui;

/// <summary>The place of a value among others in a column: nothing first, texts as people look them up.</summary>
readonly record struct CellOrder(IComparable? Value) : IComparable<CellOrder>
{
    public static CellOrder Of(object? value) =>
        new(
            value switch
            {
                null => null,
                string text => new TextOrder(SortKey.Of(text)),
                IComparable comparable => comparable,
                _ => new TextOrder(SortKey.Of(value.ToString() ?? "")),
            }
        );

    public int CompareTo(CellOrder other) =>
        (Value, other.Value) switch
        {
            (null, null) => 0,
            (null, _) => -1,
            (_, null) => 1,
            var (mine, its) => mine.CompareTo(its),
        };

    readonly record struct TextOrder(string Key) : IComparable
    {
        public int CompareTo(object? obj) => string.CompareOrdinal(Key, obj is TextOrder other ? other.Key : null);
    }
}
