namespace Loa.Ui;

/// <summary>One answer a person may pick.</summary>
public sealed record Choice(string Value, string Text);
