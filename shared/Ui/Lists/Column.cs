using Microsoft.AspNetCore.Components;

namespace Loa.Ui;

/// <summary>One column of a <see cref="Table{TItem}" />: its heading and what it shows of each item.</summary>
public sealed class Column<TItem> : ComponentBase
{
    [CascadingParameter]
    public required Table<TItem> Table { get; set; }

    [Parameter, EditorRequired]
    public required string Title { get; set; }

    [Parameter, EditorRequired]
    public required RenderFragment<TItem> ChildContent { get; set; }

    /// <summary>The name of the thing: the heading of its card on a phone.</summary>
    [Parameter]
    public bool IsName { get; set; }

    /// <summary>Numbers stand at the right, digit under digit.</summary>
    [Parameter]
    public bool IsNumber { get; set; }

    internal string? Class =>
        (IsName, IsNumber) switch
        {
            (true, _) => "cell-name",
            (_, true) => "cell-number",
            _ => null,
        };

    protected override void OnInitialized() => Table.Add(this);
}
