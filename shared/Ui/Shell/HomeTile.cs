namespace Loa.Ui;

/// <summary>One number on the desk and where it leads.</summary>
/// <param name="Label">Text, already in the reader's language.</param>
/// <param name="NeedsAction">Somebody must act: shown in red.</param>
public sealed record HomeTile(
    string Label,
    string Value,
    string? Note,
    string Url,
    bool NeedsAction = false,
    int Order = 100
);
