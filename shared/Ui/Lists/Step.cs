namespace Loa.Ui;

/// <summary>One act in a history.</summary>
/// <param name="Text">What was done.</param>
/// <param name="Note">The comment given with it.</param>
public sealed record Step(
    string Text,
    string Who,
    DateTimeOffset At,
    string? Note = null,
    Tone Tone = Tone.Quiet,
    string Icon = "circle-dot"
);
