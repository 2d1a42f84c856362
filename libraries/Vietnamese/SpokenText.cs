namespace Loa.Vietnamese;

/// <summary>A text as it is read aloud, and the letters and figures of it that nobody will say.</summary>
public sealed record SpokenText(string Text, IReadOnlyList<string> Unsaid);
