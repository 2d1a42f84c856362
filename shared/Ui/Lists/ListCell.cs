using Microsoft.AspNetCore.Components;

namespace Loa.Ui;

/// <summary>How a column of a <see cref="ListTable{TRow}" /> shows a row, where that is more than its value.</summary>
public sealed class ListCell<TRow> : ComponentBase
{
    [CascadingParameter]
    public required ListTable<TRow> Table { get; set; }

    /// <summary>The key of the column.</summary>
    [Parameter, EditorRequired]
    public required string Of { get; set; }

    [Parameter, EditorRequired]
    public required RenderFragment<TRow> ChildContent { get; set; }

    protected override void OnInitialized() => Table.Add(Of, ChildContent);
}
