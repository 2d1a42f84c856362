namespace Loa.Vietnamese;

/// <summary>A text as it is read aloud, and what of it its author should know.</summary>
/// <param name="Unsaid">The letters and figures that nobody will say.</param>
/// <param name="Spelled">The acronyms of which only the letters are said.</param>
public sealed record SpokenText(string Text, IReadOnlyList<string> Unsaid, IReadOnlyList<SpelledWord> Spelled);

/// <summary>An acronym that nobody has taught us, and how its letters are said.</summary>
public sealed record SpelledWord(string Written, string Said);
