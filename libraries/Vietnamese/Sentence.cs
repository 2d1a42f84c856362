namespace Loa.Vietnamese;

/// <summary>What is said in one go, and how long the reader is silent before the next.</summary>
public sealed record Sentence(string Text, TimeSpan Pause)
{
    /// <summary>Its syllables; what is no word has none.</summary>
    public int Syllables => Text.Split(' ').Count(word => word.Any(char.IsLetterOrDigit));
}
